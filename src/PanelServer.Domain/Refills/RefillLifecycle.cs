using PanelServer.Domain.Lifecycles;

namespace PanelServer.Domain.Refills;

/// <summary>The lifecycle of a refill (docs/contract.md, "Refill"). It moves no money.</summary>
public static class RefillLifecycle
{
    public static readonly Lifecycle<RefillStatus> Table = new(
    [
        new(RefillStatus.Pending, RefillStatus.InProgress, MoneyEffect.None, [Actor.Operator, Actor.Provider]),
        new(RefillStatus.Pending, RefillStatus.Completed, MoneyEffect.None, [Actor.Operator, Actor.Provider]),
        new(RefillStatus.Pending, RefillStatus.Rejected, MoneyEffect.None, [Actor.Operator, Actor.Provider]),
        new(RefillStatus.Pending, RefillStatus.Error, MoneyEffect.None, [Actor.Operator, Actor.Provider]),
        new(RefillStatus.InProgress, RefillStatus.Completed, MoneyEffect.None, [Actor.Operator, Actor.Provider]),
        new(RefillStatus.InProgress, RefillStatus.Rejected, MoneyEffect.None, [Actor.Operator, Actor.Provider]),
        new(RefillStatus.InProgress, RefillStatus.Error, MoneyEffect.None, [Actor.Operator, Actor.Provider]),
    ]);
}
