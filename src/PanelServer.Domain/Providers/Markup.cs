namespace PanelServer.Domain.Providers;

/// <summary>How a price is made of what a service costs: per 1000, or per order for the package types, in the panel's currency.</summary>
/// <param name="PercentBasisPoints">What is put on the cost, in hundredths of a percent; 0 to <see cref="MaxPercent"/>.</param>
/// <param name="Fixed">What is put on after that.</param>
/// <param name="RoundUp">The price is rounded up to a multiple of it; null or 0 = to nothing.</param>
/// <param name="Floor">The price is at least this; null = no floor.</param>
/// <param name="Ceiling">The price is at most this, but never below the cost; null or 0 = no ceiling.</param>
public sealed record Markup(int PercentBasisPoints, Rate Fixed, Rate? RoundUp = null, Rate? Floor = null, Rate? Ceiling = null)
{
    /// <summary>The greatest percentage: 100 000 %, in basis points.</summary>
    public const int MaxPercent = 10_000_000;

    /// <summary>The price is the cost.</summary>
    public static readonly Markup None = new(0, default);

    /// <summary>
    /// The price: the cost with the percentage, rounded up to 1e-8, and the fixed part; rounded up, within floor and
    /// ceiling, never below the cost.
    /// </summary>
    /// <param name="cost">In the panel's currency.</param>
    /// <returns>Null when it would be above <see cref="Rate.Max"/>: it is never cut.</returns>
    public Rate? PriceOf(Rate cost)
    {
        var price = PriceRounding.Up((Int128)cost.Units * (Rate.BasisPoints + PercentBasisPoints), Rate.BasisPoints) + Fixed.Units;
        if (RoundUp is { Units: > 0 } step)
        {
            price = PriceRounding.Up(price, step.Units) * step.Units;
        }

        price = Int128.Max(price, Floor?.Units ?? 0);
        if (Ceiling is { Units: > 0 } ceiling)
        {
            price = Int128.Min(price, ceiling.Units);
        }

        price = Int128.Max(price, cost.Units);
        return price <= Rate.Max.Units ? new Rate((long)price) : null;
    }
}
