namespace PanelServer.Domain.Providers;

/// <summary>
/// How much a provider is asked for each one ordered, in 1/10000: 1.1 asks for 110 where 100 are ordered. Never less than
/// ordered: rounded up to whole ones, a small order would cost more there than its share.
/// </summary>
/// <param name="Units">In 1/10000.</param>
public readonly record struct Multiplier(int Units)
{
    /// <summary>As much as ordered.</summary>
    public const int One = 10_000;

    /// <summary>A thousand times as much.</summary>
    public const int Most = 1_000 * One;

    /// <summary>Reads a plain decimal with at most four decimals, 1 to 1000.</summary>
    public static bool TryParse(string? text, out Multiplier multiplier)
    {
        const int Decimals = 4;
        var isRead = DecimalText.TryParse(text, Decimals, Most, out var units) && units >= One;
        multiplier = new(isRead ? (int)units : One);
        return isRead;
    }

    /// <summary>What is asked for: rounded up, so that nobody gets less than ordered.</summary>
    public long Asked(long quantity) => (long)PriceRounding.Up((Int128)quantity * Units, One);

    /// <summary>What 1000 ordered cost when 1000 asked for cost so much: rounded up to 1e-8; null when no rate can be so much.</summary>
    public Rate? CostOf(Rate asked) =>
        PriceRounding.Up((Int128)asked.Units * Units, One) is var units && units <= Rate.Max.Units ? new Rate((long)units) : null;

    /// <summary>
    /// What remains of an order when so much remains of what was asked for: rounded up, in the reseller's favour, and
    /// within 0 … ordered.
    /// </summary>
    /// <param name="said">What the provider says; anything.</param>
    /// <param name="asked">What it was asked for.</param>
    /// <param name="ordered">What the reseller ordered.</param>
    public static long Remains(long said, long asked, long ordered)
    {
        var within = Math.Clamp(said, 0, asked);
        return asked == ordered || asked == 0
            ? Math.Min(within, ordered)
            : (long)PriceRounding.Up((Int128)within * ordered, asked);
    }

    /// <summary>At least one decimal: <c>1.0</c>, <c>0.25</c>.</summary>
    public override string ToString() => DecimalText.Format(Units, 4, 1);
}
