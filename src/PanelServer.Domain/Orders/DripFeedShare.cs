namespace PanelServer.Domain.Orders;

/// <summary>
/// The drip-feed share: how the whole charge is divided among the runs. Each has the same, rounded down to a ledger unit,
/// and the last takes what is left, so that the shares are the charge (docs/contract.md, "Drip-feed").
/// </summary>
public static class DripFeedShare
{
    /// <summary>The share of one run.</summary>
    /// <param name="charge">The whole charge.</param>
    /// <param name="runs">How many runs there are, one or more.</param>
    /// <param name="run">Which run, counted from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such run.</exception>
    public static Money Of(Money charge, int runs, int run)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(run);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(run, runs);
        return run == runs - 1 ? From(charge, runs, run) : Each(charge, runs);
    }

    /// <summary>The shares of the runs from one on, together.</summary>
    /// <param name="charge">The whole charge.</param>
    /// <param name="runs">How many runs there are, one or more.</param>
    /// <param name="run">The first of them, counted from 0; as many as there are runs for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such run.</exception>
    public static Money From(Money charge, int runs, int run)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(run);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(run, runs);
        return run == runs ? Money.Zero : new(charge.Units - (Each(charge, runs).Units * run));
    }

    private static Money Each(Money charge, int runs) => new((long)PriceRounding.Down(charge.Units, runs));
}
