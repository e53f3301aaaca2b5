namespace PanelServer.Domain.Refills;

/// <summary>When a completed order may be refilled (docs/contract.md, "Refill").</summary>
/// <param name="Days">Days after completion, the last millisecond inside.</param>
/// <param name="HoursBetween">Hours since the later of completion and the last refill's request.</param>
/// <param name="Times">Refills of one order at the most, rejected ones not counted; null = as often as the days allow.</param>
public sealed record RefillWindow(
    int Days = RefillWindow.DefaultDays,
    int HoursBetween = RefillWindow.DefaultHoursBetween,
    int? Times = null)
{
    public const int DefaultDays = 30;
    public const int DefaultHoursBetween = 24;

    /// <summary>Whether a refill may be asked for now.</summary>
    /// <param name="completedAt">When the order was completed, unix milliseconds.</param>
    /// <param name="lastRequestAt">When the last refill was asked for, however it ended; null if never.</param>
    /// <param name="done">Refills of the order that were not rejected.</param>
    /// <param name="now">The time of asking, unix milliseconds.</param>
    public bool Allows(long completedAt, long? lastRequestAt, int done, long now)
    {
        var from = Math.Max(completedAt, lastRequestAt ?? completedAt);
        return now >= from + (HoursBetween * 3_600_000L)
            && now <= completedAt + (Days * 86_400_000L)
            && (Times is not { } most || done < most);
    }
}
