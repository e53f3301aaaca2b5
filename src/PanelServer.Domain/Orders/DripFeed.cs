namespace PanelServer.Domain.Orders;

/// <summary>An order split into runs of the same quantity (docs/contract.md, "Drip-feed").</summary>
/// <param name="Runs">How many runs, two or more.</param>
/// <param name="IntervalMinutes">Minutes from one run to the next, one or more.</param>
public sealed record DripFeed(int Runs, int IntervalMinutes)
{
    private const long MillisecondsOfMinute = 60_000;

    /// <summary>The time from one run to the next, in milliseconds.</summary>
    public long Interval => IntervalMinutes * MillisecondsOfMinute;

    /// <summary>How a parent ends: by its runs, once all that were started have ended.</summary>
    /// <param name="runs">The states of the runs that were started; all final.</param>
    /// <exception cref="ArgumentException">A run has not ended, or none was started.</exception>
    public OrderStatus EndOf(IReadOnlyCollection<OrderStatus> runs)
    {
        if (runs.Count == 0 || !runs.All(OrderLifecycle.IsFinal))
        {
            throw new ArgumentException("a parent ends after its runs", nameof(runs));
        }

        return runs.All(run => run == OrderStatus.Canceled) ? OrderStatus.Canceled
            : runs.Count == Runs && runs.All(run => run == OrderStatus.Completed) ? OrderStatus.Completed
            : OrderStatus.Partial;
    }
}
