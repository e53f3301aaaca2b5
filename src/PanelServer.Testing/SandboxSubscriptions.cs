namespace PanelServer.Testing;

/// <summary>The world outside that subscriptions wait for.</summary>
public sealed class SandboxSubscriptions
{
    private readonly ControlDoor _control;

    internal SandboxSubscriptions(ControlDoor control) => _control = control;

    /// <summary>Lets new posts appear; each becomes an order after the subscription's delay.</summary>
    /// <exception cref="SandboxException">There is no such subscription, or the count is not above zero.</exception>
    /// <param name="order">The subscription's order number.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public Task AddPostsAsync(int order, int count = 1, CancellationToken cancel = default) =>
        _control.TellAsync(HttpMethod.Post, $"subscriptions/{order}/posts", new() { ["count"] = count }, cancel);
}
