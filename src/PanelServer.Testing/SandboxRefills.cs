namespace PanelServer.Testing;

/// <summary>Plays the provider for single refills.</summary>
public sealed class SandboxRefills
{
    private readonly ControlDoor _control;

    internal SandboxRefills(ControlDoor control) => _control = control;

    /// <summary>Moves a refill to a state.</summary>
    /// <exception cref="SandboxException">There is no such refill, or it cannot get there from its state.</exception>
    /// <param name="refill">The refill's number; the first of a world is 1.</param>
    /// <param name="status"><c>In progress</c>, <c>Completed</c>, <c>Rejected</c> or <c>Error</c>.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public Task SetAsync(int refill, string status, CancellationToken cancel = default) =>
        _control.TellAsync(HttpMethod.Put, $"refills/{refill}", new() { ["status"] = status }, cancel);
}
