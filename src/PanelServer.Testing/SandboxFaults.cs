namespace PanelServer.Testing;

/// <summary>Calls of the contract that fail, as calls over a network do.</summary>
public sealed class SandboxFaults
{
    private readonly ControlDoor _control;

    internal SandboxFaults(ControlDoor control) => _control = control;

    /// <summary>Lets the next calls of an action fail. Of several faults the oldest comes first.</summary>
    /// <exception cref="SandboxException">There is no such action, or a number is out of its range.</exception>
    /// <param name="action">Which, as on the wire: <c>add</c>, <c>status</c> …</param>
    /// <param name="fault">How.</param>
    /// <param name="times">How many calls.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public Task AddAsync(string action, SandboxFault fault, int times = 1, CancellationToken cancel = default) =>
        _control.TellAsync(
            HttpMethod.Post,
            "faults",
            new() { ["action"] = action, ["kind"] = fault.Kind, ["times"] = times },
            cancel);

    /// <summary>Forgets all faults that have not happened yet.</summary>
    /// <param name="cancel">Ends the waiting.</param>
    public Task ClearAsync(CancellationToken cancel = default) =>
        _control.TellAsync(HttpMethod.Delete, "faults", null, cancel);
}
