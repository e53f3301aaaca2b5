using PanelServer.Domain.Faults;

namespace PanelServer.Sandbox;

/// <summary>Lets resellers' calls meet the faults that wait for them.</summary>
internal sealed class FaultInjector(Faults faults, RequestGate gate)
{
    /// <summary>What goes wrong with a call of an action. A delay is over when this returns.</summary>
    public async ValueTask<Fault?> NextAsync(string action)
    {
        var fault = await faults.NextAsync(action);
        if (fault is not { Kind: FaultKind.Delay, Number: var milliseconds })
        {
            return fault;
        }

        await gate.StayAsync(TimeSpan.FromMilliseconds(milliseconds));
        return null;
    }
}
