namespace PanelServer.Domain.Orders;

/// <summary>An order split into runs of the same quantity (docs/contract.md, "Drip-feed").</summary>
/// <param name="Runs">How many runs, two or more.</param>
/// <param name="IntervalMinutes">Minutes from one run to the next, one or more.</param>
public sealed record DripFeed(int Runs, int IntervalMinutes);
