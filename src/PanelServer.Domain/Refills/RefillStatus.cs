namespace PanelServer.Domain.Refills;

/// <summary>The states of a refill. The numbers are stored.</summary>
public enum RefillStatus
{
    Pending = 0,
    InProgress = 1,
    Completed = 2,
    Rejected = 3,
    Error = 4,
}

/// <summary>Every move a refill may make. A move that is not listed here does not exist.</summary>
public static class RefillLifecycle
{
    public static IReadOnlyList<RefillStatus> MovesFrom(RefillStatus status) => status switch
    {
        RefillStatus.Pending =>
            [RefillStatus.InProgress, RefillStatus.Completed, RefillStatus.Rejected, RefillStatus.Error],
        RefillStatus.InProgress => [RefillStatus.Completed, RefillStatus.Rejected, RefillStatus.Error],
        RefillStatus.Completed => [],
        RefillStatus.Rejected => [],
        RefillStatus.Error => [],
    };

    public static bool Allows(RefillStatus from, RefillStatus to) => MovesFrom(from).Contains(to);
}
