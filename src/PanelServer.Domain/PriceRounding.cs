namespace PanelServer.Domain;

/// <summary>
/// How prices are rounded (docs/contract.md, "Money"): what a reseller pays and what a provider costs is rounded up, what is
/// paid back and each share of a drip-feed is rounded down. The panel is never short of a fraction of a unit.
/// </summary>
public static class PriceRounding
{
    /// <summary>The quotient, rounded up to a whole unit.</summary>
    /// <param name="amount">In the finer unit.</param>
    /// <param name="divisor">Finer units of a whole one, above zero.</param>
    public static Int128 Up(Int128 amount, Int128 divisor) => (amount / divisor) + (amount % divisor > 0 ? 1 : 0);

    /// <summary>The quotient, rounded down to a whole unit.</summary>
    /// <param name="amount">In the finer unit, zero or more.</param>
    /// <param name="divisor">Finer units of a whole one, above zero.</param>
    public static Int128 Down(Int128 amount, Int128 divisor) => amount / divisor;
}
