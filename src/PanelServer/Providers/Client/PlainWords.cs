using System.Collections.Frozen;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace PanelServer.Providers.Client;

/// <summary>
/// Brings words of any panel into one form, so that they can be compared: escapes are undone, letters are small and without
/// accents, and everything that is no letter, digit or mark is a single blank. What was sent is brought into the same form,
/// so that it is found again however it was escaped on its way back.
/// </summary>
internal static partial class PlainWords
{
    /// <summary>How often an escape may have been escaped itself.</summary>
    private const int MaxEscapes = 3;

    // A letter, and those that are written in its place; the program runs without the tables of a culture.
    private static readonly FrozenDictionary<char, string> Letters = new (string Plain, string Written)[]
    {
        ("a", "àáâãäåāăąạảấầẩẫậắằẳẵặ"),
        ("c", "çćĉċč"),
        ("d", "ďđð"),
        ("e", "èéêëēĕėęěẹẻẽếềểễệ"),
        ("g", "ĝğġģ"),
        ("h", "ĥħ"),
        ("i", "ìíîïĩīĭįıİịỉ"),
        ("j", "ĵ"),
        ("k", "ķ"),
        ("l", "ĺļľŀł"),
        ("n", "ñńņňŉ"),
        ("o", "òóôõöøōŏőơọỏốồổỗộớờởỡợ"),
        ("r", "ŕŗř"),
        ("s", "śŝşšșş"),
        ("t", "ţťŧț"),
        ("u", "ùúûüũūŭůűųưụủứừửữự"),
        ("w", "ŵ"),
        ("y", "ýÿŷỳỵỷỹ"),
        ("z", "źżž"),
        ("ss", "ß"),
        ("е", "ё"),
        ("ا", "أإآٱ"),
        ("ي", "ىیئ"),
        ("ك", "ک"),
        ("و", "ؤ"),
        ("ه", "ة"),
        ("क", "\u0958"),
        ("ख", "\u0959"),
        ("ग", "\u095A"),
        ("ज", "\u095B"),
        ("ड", "\u095C"),
        ("ढ", "\u095D"),
        ("फ", "\u095E"),
        ("य", "\u095F"),
    }
    .SelectMany(row => row.Written.Distinct().Select(letter => KeyValuePair.Create(letter, row.Plain)))
    .ToFrozenDictionary();

    /// <summary>The plain form; empty when there is no letter or digit in it.</summary>
    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in Unescaped(text).EnumerateRunes())
        {
            if (IsMark(rune))
            {
                continue;
            }

            if (!Rune.IsLetterOrDigit(rune) && !IsPartOfWord(rune))
            {
                Blank(plain);
                continue;
            }

            var small = Rune.ToLowerInvariant(rune);
            _ = small.IsBmp && Letters.TryGetValue((char)small.Value, out var letter) ? plain.Append(letter) : plain.Append(small.ToString());
        }

        return plain.ToString().Trim();
    }

    /// <summary>Takes words, given in the plain form, out of others: each as a whole, and not where it is a part of a word.</summary>
    /// <param name="plain">What is searched.</param>
    /// <param name="words">What is taken out, wherever it stands.</param>
    public static string Without(string plain, IEnumerable<string> words)
    {
        var left = $" {plain} ";
        foreach (var word in words.Where(word => word.Length > 0).Distinct().OrderByDescending(word => word.Length))
        {
            // Twice: of two beside each other the blank between is shared.
            left = left.Replace($" {word} ", " ", StringComparison.Ordinal).Replace($" {word} ", " ", StringComparison.Ordinal);
        }

        return left.Trim();
    }

    private static void Blank(StringBuilder plain)
    {
        if (plain.Length > 0 && plain[^1] != ' ')
        {
            plain.Append(' ');
        }
    }

    private static string Unescaped(string text)
    {
        for (var times = 0; times < MaxEscapes; times++)
        {
            var next = WebUtility.HtmlDecode(Uri.UnescapeDataString(CodePoint().Replace(text, one => ((char)Convert.ToInt32(one.Groups[1].Value, 16)).ToString())));
            if (next == text)
            {
                break;
            }

            text = next;
        }

        return text;
    }

    // Accents that stand for themselves, vowel signs of Arabic, and its stretched line; the dot below of Devanagari.
    private static bool IsMark(Rune rune) =>
        rune.Value is (>= 0x0300 and <= 0x036F) or (>= 0x064B and <= 0x0652) or 0x0640 or 0x093C or 0x200C or 0x200D;

    // Vowel signs of the writings of India and of Thai, without which their words fall apart.
    private static bool IsPartOfWord(Rune rune) => Rune.GetUnicodeCategory(rune)
        is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    [GeneratedRegex(@"\\u([0-9a-fA-F]{4})", RegexOptions.CultureInvariant)]
    private static partial Regex CodePoint();
}
