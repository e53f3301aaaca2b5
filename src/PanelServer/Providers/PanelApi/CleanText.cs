using System.Net;
using System.Text;

namespace PanelServer.Providers.PanelApi;

/// <summary>Makes what strangers wrote fit for a table and a terminal.</summary>
internal static class CleanText
{
    /// <summary>Unicode scalar values of a reason.</summary>
    public const int ReasonLength = 500;

    private static readonly Rune Blank = new(' ');

    /// <summary>
    /// A name as it is meant, where it was written for a web page: <c>Likes &amp;amp; Views</c> is Likes &amp; Views. Some panels write it
    /// so twice.
    /// </summary>
    public static string WithoutEntities(string text)
    {
        const int MostTimes = 2;
        for (var time = 0; time < MostTimes && text.Contains('&', StringComparison.Ordinal); time++)
        {
            text = WebUtility.HtmlDecode(text);
        }

        return text;
    }

    /// <summary>One line: what controls the writing becomes a blank, blanks are joined and trimmed.</summary>
    /// <param name="most">The most Unicode scalar values.</param>
    public static string Line(string text, int most)
    {
        var line = new StringBuilder(Math.Min(text.Length, most));
        var (count, wasBlank) = (0, true);
        foreach (var rune in text.EnumerateRunes())
        {
            var isBlank = IsControl(rune) || Rune.IsWhiteSpace(rune);
            if (isBlank && wasBlank)
            {
                continue;
            }

            if (count++ == most)
            {
                break;
            }

            Append(line, isBlank ? Blank : rune);
            wasBlank = isBlank;
        }

        return line.ToString().TrimEnd();
    }

    /// <summary>As it is, but for what controls the writing; each becomes a blank.</summary>
    /// <param name="most">The most characters.</param>
    public static string Evidence(string text, int most)
    {
        var kept = new StringBuilder(Math.Min(text.Length, most));
        foreach (var rune in text.EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > most)
            {
                break;
            }

            Append(kept, IsControl(rune) ? Blank : rune);
        }

        return kept.ToString();
    }

    private static void Append(StringBuilder text, Rune rune)
    {
        Span<char> letters = stackalloc char[2];
        text.Append(letters[..rune.EncodeToUtf16(letters)]);
    }

    // Control characters, line separators, and the marks that turn the direction of writing around.
    private static bool IsControl(Rune rune) => Rune.IsControl(rune)
        || rune.Value is 0x061C or 0x200E or 0x200F or 0x2028 or 0x2029 or 0xFEFF
            or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
