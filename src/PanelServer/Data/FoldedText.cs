using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace PanelServer.Data;

/// <summary>
/// What two texts are compared as when people mean the same by them: without case, without width and other forms of
/// writing (Unicode's NFKC), without what is invisible, trimmed, and with one blank for several. The table of characters
/// comes along (folded-text.txt), because the program runs without the system's (invariant globalization).
/// </summary>
internal static class FoldedText
{
    private const string Resource = "data/folded-text.txt";
    private const NumberStyles Hex = NumberStyles.AllowHexSpecifier;

    private const int FirstSyllable = 0xAC00;
    private const int LastSyllable = 0xD7A3;
    private const int Vowels = 21;
    private const int Finals = 28;

    private static readonly Lazy<(FrozenDictionary<int, string> Folded, FrozenDictionary<int, int> Classes)> Table = new(Read);

    /// <summary>What a text is compared as; empty when it has nothing to see.</summary>
    public static string Of(string text)
    {
        var runes = new List<Rune>();
        foreach (var rune in text.EnumerateRunes())
        {
            runes.AddRange(FoldedRune(rune).EnumerateRunes());
        }

        InOrder(runes);
        var plain = string.Concat(runes.Select(rune => rune.ToString()));
        return string.Join(' ', plain.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string FoldedRune(Rune rune)
    {
        if (rune.Value is >= FirstSyllable and <= LastSyllable)
        {
            var at = rune.Value - FirstSyllable;
            var (first, vowel, last) = (0x1100 + (at / (Vowels * Finals)), 0x1161 + (at / Finals % Vowels), 0x11A7 + (at % Finals));
            return at % Finals == 0 ? $"{(char)first}{(char)vowel}" : $"{(char)first}{(char)vowel}{(char)last}";
        }

        return Table.Value.Folded.TryGetValue(rune.Value, out var folded) ? folded : rune.ToString();
    }

    /// <summary>Puts the marks on a letter in the one order that Unicode gives them.</summary>
    private static void InOrder(List<Rune> runes)
    {
        for (var at = 0; at < runes.Count; at++)
        {
            if (ClassOf(runes[at]) == 0)
            {
                continue;
            }

            var end = at;
            while (end < runes.Count && ClassOf(runes[end]) != 0)
            {
                end++;
            }

            // Ordering keeps equals as they stand.
            var marks = runes.GetRange(at, end - at).OrderBy(ClassOf).ToList();
            runes.RemoveRange(at, end - at);
            runes.InsertRange(at, marks);
            at = end;
        }
    }

    private static int ClassOf(Rune rune) => Table.Value.Classes.GetValueOrDefault(rune.Value);

    private static (FrozenDictionary<int, string> Folded, FrozenDictionary<int, int> Classes) Read()
    {
        var (folded, classes) = (new Dictionary<int, string>(), new Dictionary<int, int>());
        using var reader = new StreamReader(typeof(FoldedText).Assembly.GetManifestResourceStream(Resource)!);
        while (reader.ReadLine() is { } line)
        {
            foreach (var entry in line.StartsWith('#') ? [] : line.Split(','))
            {
                var at = entry.AsSpan().IndexOfAny('=', ':');
                var ends = entry[..at].Split('-');
                var (first, last) = (int.Parse(ends[0], Hex, CultureInfo.InvariantCulture), int.Parse(ends[^1], Hex, CultureInfo.InvariantCulture));
                for (var code = first; code <= last; code++)
                {
                    if (entry[at] == ':')
                    {
                        classes[code] = int.Parse(entry.AsSpan(at + 1), CultureInfo.InvariantCulture);
                    }
                    else
                    {
                        folded[code] = string.Concat(entry[(at + 1)..]
                            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                            .Select(part => new Rune(int.Parse(part, Hex, CultureInfo.InvariantCulture) + code - first).ToString()));
                    }
                }
            }
        }

        return (folded.ToFrozenDictionary(), classes.ToFrozenDictionary());
    }
}
