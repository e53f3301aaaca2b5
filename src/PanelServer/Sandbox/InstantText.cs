using System.Globalization;
using System.Text.RegularExpressions;

namespace PanelServer.Sandbox;

/// <summary>Instants and lengths of time as control calls write them: one form each, and nothing else is read.</summary>
internal static partial class InstantText
{
    private const string Seconds = "yyyy-MM-ddTHH:mm:ssZ";
    private const string Thousandths = "yyyy-MM-ddTHH:mm:ss.fffZ";

    // A fraction may have as many digits as .NET writes; what is finer than a thousandth is cut.
    private static readonly string[] Forms =
        [Seconds, .. Enumerable.Range(1, 7).Select(digits => $"yyyy-MM-ddTHH:mm:ss.{new string('f', digits)}Z")];

    /// <summary>Writes <c>2026-01-01T00:00:00Z</c>; with thousandths where there are any.</summary>
    /// <param name="instant">Unix milliseconds.</param>
    public static string Of(long instant) => DateTimeOffset.FromUnixTimeMilliseconds(instant)
        .ToString(instant % 1000 == 0 ? Seconds : Thousandths, CultureInfo.InvariantCulture);

    /// <summary>Reads an instant in UTC, unix milliseconds; null when it is written otherwise.</summary>
    public static long? Read(string text) =>
        DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant.ToUnixTimeMilliseconds()
            : null;

    /// <summary>Reads a length of time such as <c>1.01:30:00</c>, in milliseconds; null when it is written otherwise.</summary>
    public static long? ReadLength(string text)
    {
        var parts = Length().Match(text);
        return parts.Success
            ? ((((NumberOf(parts, "days") * 24) + NumberOf(parts, "hours")) * 60 + NumberOf(parts, "minutes")) * 60
                + NumberOf(parts, "seconds")) * 1000
            : null;
    }

    private static long NumberOf(Match parts, string part) =>
        parts.Groups[part] is { Length: > 0 } found ? long.Parse(found.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    // Seven digits of days are more than there are until the year 9999.
    [GeneratedRegex(@"\A(?:(?<days>[0-9]{1,7})\.)?(?<hours>[01][0-9]|2[0-3]):(?<minutes>[0-5][0-9]):(?<seconds>[0-5][0-9])\z", RegexOptions.CultureInvariant)]
    private static partial Regex Length();
}
