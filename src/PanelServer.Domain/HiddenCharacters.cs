using System.Globalization;
using System.Text;

namespace PanelServer.Domain;

/// <summary>Where joiners (U+200C, U+200D, variation selectors) may stand: emoji and some scripts need them, others hide text by them.</summary>
public enum Joiners
{
    /// <summary>Nowhere: what is compared or passed on as an address or a name.</summary>
    Nowhere,

    /// <summary>Between or behind what they join: an emoji in a service's name, a word of Persian in a note.</summary>
    WhereTheyJoin,

    /// <summary>Anywhere: comments are written as people write.</summary>
    Anywhere,
}

/// <summary>
/// The characters that turn or hide text: controls, bidi controls, zero width, tags, line and paragraph separators, and
/// every other one that is drawn as nothing (Default_Ignorable_Code_Point of Unicode). The one table of them: every door
/// that text comes in by, and everything that is printed, goes by it (docs/contract.md, "Service types").
/// </summary>
public static class HiddenCharacters
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;
    private const int KeycapMark = 0x20E3;
    private const int Copyright = 0x00A9;
    private const int Registered = 0x00AE;

    /// <summary>Scripts from here on, and emoji, are joined; Latin, Greek and Cyrillic letters are not.</summary>
    private const int FirstJoined = 0x0590;

    // By first and last; what Unicode has set aside to be ignored in time to come is in it.
    private static readonly (int First, int Last)[] Table =
    [
        (0x0000, 0x001F), (0x007F, 0x009F), // controls, the tab and line ends among them
        (0x00AD, 0x00AD), // soft hyphen
        (0x034F, 0x034F), // grapheme joiner
        (0x061C, 0x061C), // Arabic letter mark
        (0x115F, 0x1160), // Hangul fillers
        (0x17B4, 0x17B5), // Khmer vowels without a form
        (0x180B, 0x180F), // Mongolian selectors and vowel separator
        (0x200B, 0x200F), // zero width, direction marks
        (0x2028, 0x202E), // line and paragraph separators, embeddings and overrides
        (0x2060, 0x206F), // word joiner, invisible operators, isolates, deprecated formats
        (0x3164, 0x3164), // Hangul filler
        (0xFE00, 0xFE0F), // variation selectors
        (0xFEFF, 0xFEFF), // zero width no-break space
        (0xFFA0, 0xFFA0), // halfwidth Hangul filler
        (0xFFF0, 0xFFFB), // set aside, interlinear annotation
        (0x1BCA0, 0x1BCA3), // shorthand format controls
        (0x1D173, 0x1D17A), // musical format controls
        (0xE0000, 0xE0FFF), // tags, more variation selectors, set aside
    ];

    /// <summary>Whether a character turns or hides text, or stands for a line's end.</summary>
    public static bool Contains(Rune rune)
    {
        if (rune.Value is >= ' ' and < 0x7F)
        {
            return false;
        }

        foreach (var (first, last) in Table)
        {
            if (rune.Value <= last)
            {
                return rune.Value >= first;
            }
        }

        return false;
    }

    /// <summary>Whether it separates what stands on both sides: a control, or one that ends a line or turns the direction of writing.</summary>
    public static bool Separates(Rune rune) =>
        Rune.IsControl(rune) || rune.Value is (>= 0x2028 and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    /// <summary>What is wrong with a text that may hold none, for the end of a refusal; null when none is in it.</summary>
    public static Phrase? Describe(string text, Joiners joiners = Joiners.Nowhere)
    {
        Rune? before = null;
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            at += rune.Utf16SequenceLength;
            if (Contains(rune) && !MayStand(joiners, before, rune, text.AsSpan(at)))
            {
                return new("hidden_character", string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}"));
            }

            before = rune;
        }

        return null;
    }

    /// <summary>
    /// A text as it may be printed: what turns or hides text, and what a terminal would act on, is written out as
    /// <c>\u202e</c>, as JSON writes it. Line ends and tabs stay.
    /// </summary>
    public static string Shown(string text)
    {
        StringBuilder? shown = null;
        Rune? before = null;
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var from = at;
            at += rune.Utf16SequenceLength;
            if (Contains(rune) && !IsLayout(text, from) && !MayStand(Joiners.WhereTheyJoin, before, rune, text.AsSpan(at)))
            {
                shown ??= new StringBuilder(text, 0, from, text.Length + 16);
                foreach (var half in text.AsSpan(from, rune.Utf16SequenceLength))
                {
                    shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)half:x4}");
                }
            }
            else
            {
                shown?.Append(text, from, rune.Utf16SequenceLength);
            }

            before = rune;
        }

        return shown?.ToString() ?? text;
    }

    /// <summary>Whether it is one of those that emoji and scripts need.</summary>
    public static bool IsJoiner(Rune rune) => rune.Value is ZeroWidthNonJoiner or ZeroWidthJoiner || IsSelector(rune);

    /// <summary>Whether a character that <see cref="Contains"/> may stand where it does.</summary>
    /// <param name="joiners">Where joiners may stand.</param>
    /// <param name="before">The character before it; null at the beginning.</param>
    /// <param name="rune">The character.</param>
    /// <param name="rest">What comes after it.</param>
    public static bool MayStand(Joiners joiners, Rune? before, Rune rune, ReadOnlySpan<char> rest) =>
        IsJoiner(rune) && (joiners == Joiners.Anywhere || (joiners == Joiners.WhereTheyJoin && Joins(before, rune, rest)));

    private static bool Joins(Rune? before, Rune rune, ReadOnlySpan<char> rest)
    {
        var next = Rune.DecodeFromUtf16(rest, out var after, out _) == System.Buffers.OperationStatus.Done ? after : (Rune?)null;
        if (IsSelector(rune))
        {
            // Behind what it gives a form: a sign that is no letter of ours, or the digit of a keycap.
            return before is { } sign && (IsJoined(sign) || sign.Value is Copyright or Registered || next?.Value == KeycapMark);
        }

        return before is { } left && next is { } right && (IsJoined(left) || IsSelector(left)) && IsJoined(right);
    }

    private static bool IsLayout(string text, int at) =>
        text[at] is '\n' or '\t' || (text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n');

    private static bool IsJoined(Rune rune) => rune.Value >= FirstJoined && !Contains(rune);

    private static bool IsSelector(Rune rune) =>
        rune.Value is (>= 0x180B and <= 0x180D) or 0x180F or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);
}
