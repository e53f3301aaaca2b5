using System.Globalization;
using System.Text;

namespace PanelServer.Domain;

/// <summary>
/// An amount in the panel's currency, held as whole ledger units of 0.00001, so that sums are exact and what a reseller
/// sees is exactly what is booked (docs/contract.md, "Money").
/// </summary>
/// <param name="Units">Ledger units.</param>
public readonly record struct Money(long Units) : IComparable<Money>
{
    /// <summary>Decimals of a ledger unit.</summary>
    public const int Decimals = 5;

    /// <summary>Ledger units in one unit of currency.</summary>
    public const long UnitsPerOne = 100_000;

    /// <summary>Characters of the longest amount as text.</summary>
    public const int MaxText = 24;

    public static readonly Money Zero;

    /// <summary>No balance, deposit or charge is above a trillion: far from any overflow, far above any panel.</summary>
    public static readonly Money Max = new(1_000_000_000_000 * UnitsPerOne);

    /// <summary>Reads a plain decimal such as <c>12.5</c>: no sign, no grouping, no exponent, at most five decimals.</summary>
    /// <returns>False when it is malformed, finer than a ledger unit, or above <see cref="Max"/>.</returns>
    public static bool TryParse(string? text, out Money money)
    {
        var read = DecimalText.TryParse(text, Decimals, Max.Units, out var units);
        money = new(units);
        return read;
    }

    public int CompareTo(Money other) => Units.CompareTo(other.Units);

    public static Money operator +(Money left, Money right) => new(checked(left.Units + right.Units));
    public static Money operator -(Money left, Money right) => new(checked(left.Units - right.Units));
    public static Money operator -(Money value) => new(checked(-value.Units));
    public static bool operator <(Money left, Money right) => left.Units < right.Units;
    public static bool operator >(Money left, Money right) => left.Units > right.Units;
    public static bool operator <=(Money left, Money right) => left.Units <= right.Units;
    public static bool operator >=(Money left, Money right) => left.Units >= right.Units;

    /// <summary>Exactly five decimals, invariant: <c>100.84292</c>.</summary>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[MaxText];
        return Encoding.ASCII.GetString(text[..Format(text)]);
    }

    /// <summary>Writes the same as ASCII.</summary>
    /// <param name="text">Room for <see cref="MaxText"/>.</param>
    /// <returns>How many characters were written.</returns>
    public int Format(Span<byte> text)
    {
        // As its absolute value may not fit a long, the sign goes first and each part is taken without one.
        var (whole, fraction) = Math.DivRem(Units, UnitsPerOne);
        var length = 0;
        if (Units < 0)
        {
            text[length++] = (byte)'-';
        }

        Math.Abs(whole).TryFormat(text[length..], out var digits, default, CultureInfo.InvariantCulture);
        length += digits;
        text[length++] = (byte)'.';
        Math.Abs(fraction).TryFormat(text[length..], out digits, "00000", CultureInfo.InvariantCulture);
        return length + digits;
    }
}
