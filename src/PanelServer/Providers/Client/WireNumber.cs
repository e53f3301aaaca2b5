using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;
using PanelServer.Domain.Providers;

namespace PanelServer.Providers.Client;

/// <summary>
/// Numbers as panels write them: as numbers or as texts, with a point or a comma before the decimals, with groups of
/// thousands, with needless zeros. <c>12,345</c> has two meanings; which one it is, other numbers of the same provider tell.
/// </summary>
internal static partial class WireNumber
{
    /// <summary>The most units of an amount; what is above is absurd, and far from any overflow.</summary>
    public const long MaxUnits = 1_000_000_000_000_000_000;

    // A mantissa or an exponent beyond these is nobody's price.
    private const int MaxDigits = 64;
    private const int MaxExponent = 64;

    private const int GroupLength = 3;

    /// <summary>A whole number; one that does not fit is the nearest that does. Null for anything else.</summary>
    /// <param name="sign">What the provider writes before decimals; where that is not known, <c>1,234</c> is a whole number.</param>
    public static long? Whole(JsonElement? json, DecimalSign sign = DecimalSign.Unknown)
    {
        if (Parts(json, sign, isCount: true) is not { } parts || parts.Scale > 0)
        {
            return null;
        }

        var value = parts.Digits * BigInteger.Pow(10, -parts.Scale);
        return value > long.MaxValue ? long.MaxValue : value < long.MinValue ? long.MinValue : (long)value;
    }

    /// <summary>An amount in whole units of 10^-<paramref name="decimals"/>. Null for anything that is none, absurd, or may be read in two ways.</summary>
    /// <param name="up">Rounds up; down when false.</param>
    /// <param name="sign">What the provider writes before decimals.</param>
    public static long? Units(JsonElement? json, int decimals, bool up, DecimalSign sign = DecimalSign.Unknown)
    {
        if (Parts(json, sign, isCount: false) is not { } parts)
        {
            return null;
        }

        var shift = decimals - parts.Scale;
        var value = shift >= 0 ? parts.Digits * BigInteger.Pow(10, shift) : Divided(parts.Digits, BigInteger.Pow(10, -shift), up);
        return BigInteger.Abs(value) <= MaxUnits ? (long)value : null;
    }

    /// <summary>Whether it is a number that may be read in two ways, and nothing is known that tells in which.</summary>
    public static bool IsAmbiguous(JsonElement? json, DecimalSign sign = DecimalSign.Unknown) =>
        Matched(json) is { } match && Read(match.Groups["body"].Value, IsText(json) ? sign : DecimalSign.Point, isCount: false) is { IsAmbiguous: true };

    /// <summary>How many decimals a number is written with; null when it is none.</summary>
    public static int? DecimalsOf(JsonElement? json, DecimalSign sign = DecimalSign.Unknown) =>
        Matched(json) is { } match && Read(match.Groups["body"].Value, IsText(json) ? sign : DecimalSign.Point, isCount: false) is { IsAmbiguous: false } read
            ? read.Fraction.Length
            : null;

    /// <summary>
    /// Which sign these numbers of one provider show for certain. A JSON number shows nothing: it cannot be written otherwise.
    /// </summary>
    /// <param name="numbers">Numbers, and anything else.</param>
    /// <param name="known">What is said when they show nothing, or both.</param>
    public static DecimalSign SignOf(IEnumerable<JsonElement?> numbers, DecimalSign known)
    {
        var (point, comma) = (false, false);
        foreach (var json in numbers)
        {
            var shown = IsText(json) && Matched(json) is { } match
                ? Read(match.Groups["body"].Value, DecimalSign.Unknown, isCount: false)?.Shown
                : null;
            point |= shown == DecimalSign.Point;
            comma |= shown == DecimalSign.Comma;
        }

        return point == comma ? known : point ? DecimalSign.Point : DecimalSign.Comma;
    }

    private static BigInteger Divided(BigInteger value, BigInteger by, bool up)
    {
        var whole = BigInteger.DivRem(value, by, out var rest);
        return up && rest.Sign > 0 ? whole + 1 : !up && rest.Sign < 0 ? whole - 1 : whole;
    }

    private static bool IsText(JsonElement? json) => json is { ValueKind: JsonValueKind.String };

    private static Match? Matched(JsonElement? json) =>
        json?.Text()?.Trim() is { } text && text.Length <= 2 * MaxDigits && Shape().Match(text) is { Success: true } match ? match : null;

    // The number is Digits / 10^Scale, with no needless zero in the fraction.
    private static (BigInteger Digits, int Scale)? Parts(JsonElement? json, DecimalSign sign, bool isCount)
    {
        if (Matched(json) is not { } match
            || Read(match.Groups["body"].Value, IsText(json) ? sign : DecimalSign.Point, isCount) is not { IsAmbiguous: false } read)
        {
            return null;
        }

        var fraction = read.Fraction.TrimEnd('0');
        var exponent = match.Groups["exponent"] is { Success: true } written
            ? int.Parse(written.Value, CultureInfo.InvariantCulture)
            : 0;
        if (read.Whole.Length + fraction.Length is 0 or > MaxDigits || Math.Abs(exponent) > MaxExponent)
        {
            return read.Whole.Length == 0 && read.Fraction.Length > 0 ? (BigInteger.Zero, 0) : null;
        }

        var digits = BigInteger.Parse(read.Whole + fraction, CultureInfo.InvariantCulture);
        var scale = fraction.Length - exponent;
        for (; scale > 0 && digits % 10 == 0; scale--)
        {
            digits /= 10;
        }

        return (match.Groups["minus"].Length > 0 ? -digits : digits, scale);
    }

    /// <summary>Parts a number into what stands before and behind its decimal sign.</summary>
    private static Written? Read(string body, DecimalSign sign, bool isCount)
    {
        // Blanks and apostrophes are only ever written between thousands.
        if (!body.All(letter => char.IsAsciiDigit(letter) || letter is '.' or ','))
        {
            var end = body.IndexOfAny(['.', ',']) is var at and >= 0 ? at : body.Length;
            return Groups(body[..end], letter => letter is not ('.' or ',')) is not { } whole ? null
                : end == body.Length ? new(whole, "")
                : body[(end + 1)..] is var rest && rest.All(char.IsAsciiDigit) ? new(whole, rest) { Shown = SignBy(body[end]) }
                : null;
        }

        var (points, commas) = (body.Count(letter => letter == '.'), body.Count(letter => letter == ','));
        if (points + commas == 0)
        {
            return new(body, "");
        }

        var last = body.LastIndexOfAny(['.', ',']);
        if (points + commas == 1)
        {
            return One(body[..last], body[(last + 1)..], SignBy(body[last]), sign, isCount);
        }

        // Both: what stands last is before the decimals, and stands once. One kind several times: it parts thousands.
        var isBoth = points > 0 && commas > 0;
        var groups = isBoth ? body[..last] : body;
        var parting = isBoth ? (body[last] == ',' ? '.' : ',') : body[last];
        return Groups(groups, letter => letter == parting) is { } joined
            ? new(joined, isBoth ? body[(last + 1)..] : "") { Shown = SignBy(parting == ',' ? '.' : ',') }
            : null;
    }

    /// <summary>A number with one sign in it, which is before its decimals or between its thousands.</summary>
    private static Written? One(string whole, string rest, DecimalSign written, DecimalSign known, bool isCount)
    {
        // No group of thousands begins with a zero, is longer than three digits, or is followed by more or fewer than three.
        if (whole.Length is 0 or > GroupLength || whole[0] == '0' || rest.Length != GroupLength)
        {
            return written == DecimalSign.Comma && rest.Length == 0
                ? null
                : new(whole, rest) { Shown = rest.Length == 0 ? DecimalSign.Unknown : written };
        }

        if (known == written || (known == DecimalSign.Unknown && written == DecimalSign.Point))
        {
            return new(whole, rest);
        }

        // A provider that writes commas before decimals writes no amount as 1.234: it may be either.
        return isCount || (written == DecimalSign.Comma && known == DecimalSign.Point)
            ? new(whole + rest, "")
            : new(whole, rest) { IsAmbiguous = true };
    }

    /// <summary>The digits of groups of three; null when they are none.</summary>
    private static string? Groups(string text, Func<char, bool> parts)
    {
        var groups = new string([.. text.Select(letter => parts(letter) && !char.IsAsciiDigit(letter) ? '|' : letter)]).Split('|');
        return groups[0].Length is > 0 and <= GroupLength && groups.Skip(1).All(group => group.Length == GroupLength) && groups.All(group => group.All(char.IsAsciiDigit))
            ? string.Concat(groups)
            : null;
    }

    private static DecimalSign SignBy(char letter) => letter == ',' ? DecimalSign.Comma : DecimalSign.Point;

    /// <summary>A number as it is written.</summary>
    private sealed record Written(string Whole, string Fraction)
    {
        /// <summary>What it shows for certain.</summary>
        public DecimalSign Shown { get; init; }

        public bool IsAmbiguous { get; init; }
    }

    // Between thousands there may be a blank, one that does not break, a thin one, or an apostrophe; never at an end.
    [GeneratedRegex(
        @"^(?:\+|(?<minus>-))?(?<body>[0-9.,]|[0-9.,][0-9., \u00A0\u2009\u202F'\u2019]*[0-9.,])?(?:[eE](?<exponent>[+-]?[0-9]{1,3}))?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
