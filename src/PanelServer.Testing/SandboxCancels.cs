using System.Text.Json.Nodes;

namespace PanelServer.Testing;

/// <summary>Answers requests to cancel, as the provider would.</summary>
public sealed class SandboxCancels
{
    private readonly ControlDoor _control;

    internal SandboxCancels(ControlDoor control) => _control = control;

    /// <summary>Cancels an order as it was asked, and pays back what is undelivered.</summary>
    /// <exception cref="SandboxException">The order has no open request, or the remains are not within 0 and its quantity.</exception>
    /// <param name="order">The order's number.</param>
    /// <param name="remains">What is undelivered; null takes what is known.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public Task AcceptAsync(int order, long? remains = null, CancellationToken cancel = default)
    {
        var answer = new JsonObject { ["accept"] = true };
        if (remains is not null)
        {
            answer["remains"] = remains;
        }

        return _control.TellAsync(HttpMethod.Put, $"cancels/{order}", answer, cancel);
    }

    /// <summary>Lets an order go on; it may be asked again.</summary>
    /// <exception cref="SandboxException">The order has no open request.</exception>
    /// <param name="order">The order's number.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public Task RefuseAsync(int order, CancellationToken cancel = default) =>
        _control.TellAsync(HttpMethod.Put, $"cancels/{order}", new() { ["accept"] = false }, cancel);
}
