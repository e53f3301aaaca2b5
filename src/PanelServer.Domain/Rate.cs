namespace PanelServer.Domain;

/// <summary>
/// A price per 1000 (for the two package types: per order), held in units of 0.00000001. The one place that turns a
/// price into a charge (docs/contract.md, "Money").
/// </summary>
/// <param name="Units">Units of 1e-8 of the currency.</param>
public readonly record struct Rate(long Units)
{
    /// <summary>Decimals of a rate.</summary>
    public const int Decimals = 8;

    /// <summary>The dearest rate: ten million per 1000.</summary>
    public static readonly Rate Max = new(10_000_000L * 100_000_000L);

    /// <summary>Basis points in a whole.</summary>
    public const int BasisPoints = 10_000;

    private const long RateUnitsPerLedgerUnit = 1_000;
    private const long PerThousand = 1_000;

    /// <summary>Reads a plain decimal with at most eight decimals, at most <see cref="Max"/>.</summary>
    public static bool TryParse(string? text, out Rate rate)
    {
        var read = DecimalText.TryParse(text, Decimals, Max.Units, out var units);
        rate = new(units);
        return read;
    }

    /// <summary>The charge for a quantity: rate × quantity / 1000, rounded up to a ledger unit.</summary>
    /// <returns>The charge; refused as unaffordable when it is above anything an account can hold.</returns>
    public Result<Money> For(long quantity) => RoundedUp((Int128)Units * quantity, RateUnitsPerLedgerUnit * PerThousand);

    /// <summary>The charge of a package: the rate itself, rounded up to a ledger unit.</summary>
    public Result<Money> Flat() => RoundedUp(Units, RateUnitsPerLedgerUnit);

    /// <summary>The rate less a discount in basis points, rounded up to 1e-8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The discount is not within 0 … 10 000 basis points.</exception>
    public Rate Less(int discountBasisPoints)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(discountBasisPoints);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(discountBasisPoints, BasisPoints);
        return new((long)PriceRounding.Up((Int128)Units * (BasisPoints - discountBasisPoints), BasisPoints));
    }

    /// <summary>At least two decimals, at most eight: <c>0.90</c>, <c>8.00</c>, <c>0.0001</c>.</summary>
    public override string ToString() => DecimalText.Format(Units, Decimals, 2);

    private static Result<Money> RoundedUp(Int128 amount, long divisor)
    {
        var units = PriceRounding.Up(amount, divisor);
        return units > Money.Max.Units ? Refusal.NotEnoughFunds : new Money((long)units);
    }
}
