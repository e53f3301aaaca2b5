using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PanelServer.Providers.PanelApi;

/// <summary>Numbers as panels write them: as numbers or as texts, with commas between thousands, with needless zeros.</summary>
internal static partial class WireNumber
{
    /// <summary>The most units of an amount; what is above is absurd, and far from any overflow.</summary>
    public const long MostUnits = 1_000_000_000_000_000_000;

    // A mantissa or an exponent beyond these is nobody's price.
    private const int MostDigits = 64;
    private const int MostExponent = 64;

    /// <summary>A whole number; one that does not fit is the nearest that does. Null for anything else.</summary>
    public static long? Whole(JsonElement? json)
    {
        if (Parts(json) is not { } parts || parts.Scale > 0)
        {
            return null;
        }

        var value = parts.Digits * BigInteger.Pow(10, -parts.Scale);
        return value > long.MaxValue ? long.MaxValue : value < long.MinValue ? long.MinValue : (long)value;
    }

    /// <summary>An amount in whole units of 10^-<paramref name="decimals"/>. Null for anything that is none, or absurd.</summary>
    /// <param name="up">Rounds up; down when false.</param>
    public static long? Units(JsonElement? json, int decimals, bool up)
    {
        if (Parts(json) is not { } parts)
        {
            return null;
        }

        var shift = decimals - parts.Scale;
        var value = shift >= 0 ? parts.Digits * BigInteger.Pow(10, shift) : Divided(parts.Digits, BigInteger.Pow(10, -shift), up);
        return BigInteger.Abs(value) <= MostUnits ? (long)value : null;
    }

    private static BigInteger Divided(BigInteger value, BigInteger by, bool up)
    {
        var whole = BigInteger.DivRem(value, by, out var rest);
        return up && rest.Sign > 0 ? whole + 1 : !up && rest.Sign < 0 ? whole - 1 : whole;
    }

    // The number is Digits / 10^Scale, with no needless zero in the fraction.
    private static (BigInteger Digits, int Scale)? Parts(JsonElement? json)
    {
        if (json?.Text()?.Trim() is not { } text || text.Length > 2 * MostDigits || Shape().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var whole = match.Groups["whole"].Value.Replace(",", "", StringComparison.Ordinal);
        var fraction = match.Groups["fraction"].Value.TrimEnd('0');
        var exponent = match.Groups["exponent"] is { Success: true } written
            ? int.Parse(written.Value, CultureInfo.InvariantCulture)
            : 0;
        if (whole.Length + fraction.Length is 0 or > MostDigits || Math.Abs(exponent) > MostExponent)
        {
            return whole.Length == 0 && match.Groups["fraction"].Length > 0 ? (BigInteger.Zero, 0) : null;
        }

        var digits = BigInteger.Parse(whole + fraction, CultureInfo.InvariantCulture);
        var scale = fraction.Length - exponent;
        for (; scale > 0 && digits % 10 == 0; scale--)
        {
            digits /= 10;
        }

        return (match.Groups["minus"].Length > 0 ? -digits : digits, scale);
    }

    [GeneratedRegex(
        @"^(?:\+|(?<minus>-))?(?<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]*)(?:\.(?<fraction>[0-9]*))?(?:[eE](?<exponent>[+-]?[0-9]{1,3}))?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
