using PanelServer.Domain.Lifecycles;

namespace PanelServer.Domain.Cancels;

/// <summary>The lifecycle of a cancel request (docs/contract.md, "Cancel").</summary>
public static class CancelLifecycle
{
    public static readonly Lifecycle<CancelStatus> Table = new(
    [
        // Accepted, the order ends by what remains: that move of the order pays back.
        new(CancelStatus.Open, CancelStatus.Accepted, MoneyEffect.PaysBackRemains, [Actor.Operator, Actor.Provider]),
        new(CancelStatus.Open, CancelStatus.Refused, MoneyEffect.None, [Actor.Operator, Actor.Provider]),
        new(CancelStatus.Open, CancelStatus.Overtaken, MoneyEffect.None, [Actor.Timer]),
    ]);
}
