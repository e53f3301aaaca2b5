namespace PanelServer.Domain.Providers;

/// <summary>What one unit of a provider's currency is in the panel's, in 1e-8. Set by the operator; 1 where they are the same.</summary>
/// <param name="Units">In 1e-8.</param>
public readonly record struct ExchangeRate(long Units)
{
    /// <summary>One for one.</summary>
    public const long One = 100_000_000;

    private const long Most = 100_000_000 * One;

    private const int Decimals = 8;

    /// <summary>Reads a plain decimal with at most eight decimals, above 0 and at most a hundred million.</summary>
    public static bool TryParse(string? text, out ExchangeRate exchange)
    {
        var isRead = DecimalText.TryParse(text, Decimals, Most, out var units) && units > 0;
        exchange = new(isRead ? units : One);
        return isRead;
    }

    /// <summary>A rate of the provider in the panel's currency, rounded up to 1e-8; null when no rate can be so much.</summary>
    public Rate? InPanel(Rate rate) => PriceRounding.Up((Int128)rate.Units * Units, One) is var units && units <= Rate.Max.Units ? new Rate((long)units) : null;

    /// <summary>What a provider charged, in 1e-8 of its currency, in ledger units of the panel's, rounded up; null when no amount can be so much.</summary>
    public Money? InPanel(long charge)
    {
        const long RateUnitsPerLedgerUnit = 1_000;
        var units = PriceRounding.Up((Int128)charge * Units, (Int128)One * RateUnitsPerLedgerUnit);
        return units <= Money.Max.Units ? new Money((long)units) : null;
    }

    public override string ToString() => DecimalText.Format(Units, Decimals, 2);
}
