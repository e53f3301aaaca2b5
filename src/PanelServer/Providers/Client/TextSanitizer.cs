using System.Net;
using System.Text;
using PanelServer.Domain;

namespace PanelServer.Providers.Client;

/// <summary>Makes what strangers wrote fit for a table and a terminal.</summary>
internal static class TextSanitizer
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

    /// <summary>One line: what controls the writing becomes a blank, what hides in it is dropped, blanks are joined and trimmed.</summary>
    /// <param name="most">The most Unicode scalar values.</param>
    public static string Line(string text, int most)
    {
        var line = new StringBuilder(Math.Min(text.Length, most));
        var (count, wasBlank) = (0, true);
        Rune? before = null;
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            at += rune.Utf16SequenceLength;
            var isBlank = HiddenCharacters.Separates(rune) || Rune.IsWhiteSpace(rune);
            if ((isBlank && wasBlank) || (!isBlank && IsDropped(before, rune, text.AsSpan(Math.Min(at, text.Length)))))
            {
                continue;
            }

            if (count++ == most)
            {
                break;
            }

            Append(line, isBlank ? Blank : rune);
            (wasBlank, before) = (isBlank, rune);
        }

        return line.ToString().TrimEnd();
    }

    /// <summary>As it is, but for what turns or hides text; each becomes a blank.</summary>
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

            Append(kept, HiddenCharacters.Contains(rune) ? Blank : rune);
        }

        return kept.ToString();
    }

    private static void Append(StringBuilder text, Rune rune)
    {
        Span<char> letters = stackalloc char[2];
        text.Append(letters[..rune.EncodeToUtf16(letters)]);
    }

    private static bool IsDropped(Rune? before, Rune rune, ReadOnlySpan<char> rest) =>
        HiddenCharacters.Contains(rune) && !HiddenCharacters.MayStand(Joiners.WhereTheyJoin, before, rune, rest);
}
