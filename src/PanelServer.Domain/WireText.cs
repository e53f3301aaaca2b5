using System.Text;

namespace PanelServer.Domain;

/// <summary>How texts from the wire are read: integers, ids, lines and lists (docs/contract.md, "Request").</summary>
public static class WireText
{
    /// <summary>Line ends as some panels send them: the signs of a program's text instead of what they stand for.</summary>
    private const string WrittenLineEnd = @"\n";
    private const string WrittenReturn = @"\r";

    /// <summary>
    /// An integer is 1 to 18 ASCII digits after trimming, behind a point nothing but zeros (programs that count in floats
    /// write <c>100.0</c>); everything else is malformed.
    /// </summary>
    public static bool TryInteger(string? text, out long number) => TryInteger(text.AsSpan(), out number);

    /// <inheritdoc cref="TryInteger(string?, out long)"/>
    public static bool TryInteger(ReadOnlySpan<char> text, out long number)
    {
        var written = text.Trim();
        var point = written.IndexOf('.');
        if (point < 0)
        {
            return TryDigits(written, out number);
        }

        number = 0;
        var fraction = written[(point + 1)..];
        return fraction.Length > 0 && !fraction.ContainsAnyExcept('0') && TryDigits(written[..point], out number);
    }

    /// <summary>1 to 18 ASCII digits and nothing else: a number as this program itself writes it.</summary>
    public static bool TryDigits(ReadOnlySpan<char> digits, out long number)
    {
        number = 0;
        if (digits.Length is 0 or > Limits.IntegerDigits)
        {
            return false;
        }

        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                number = 0;
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return true;
    }

    /// <summary>
    /// Whether an optional number or date is absent: empty, or a word that programs write for nothing. Never asked of
    /// texts, where such a word may be meant.
    /// </summary>
    public static bool IsAbsent(string? text) =>
        string.IsNullOrEmpty(text)
        || text.Equals("null", StringComparison.OrdinalIgnoreCase)
        || text.Equals("undefined", StringComparison.OrdinalIgnoreCase)
        || text.Equals("NaN", StringComparison.OrdinalIgnoreCase);

    /// <summary>An integer that can be an id: above zero and within 32 bits. Others are unknown to every table.</summary>
    public static bool TryId(string? text, out int id)
    {
        var known = TryInteger(text, out var number) && number is > 0 and <= Limits.MaxId;
        id = known ? (int)number : 0;
        return known;
    }

    /// <summary>One line that can be kept and passed on as it is: nothing that turns or hides text, no half characters.</summary>
    /// <param name="text">The text; its length counts in Unicode scalar values.</param>
    /// <param name="most">The most scalar values allowed.</param>
    /// <param name="joiners">Where joiners may stand.</param>
    public static bool IsLine(string text, int most, Joiners joiners = Joiners.Nowhere)
    {
        if (text.Length == 0 || text.Length > most * 2)
        {
            return false;
        }

        var scalars = 0;
        Rune? before = null;
        for (var at = 0; at < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length) != System.Buffers.OperationStatus.Done
                || (HiddenCharacters.Contains(rune) && !HiddenCharacters.MayStand(joiners, before, rune, text.AsSpan(at + length)))
                || ++scalars > most)
            {
                return false;
            }

            before = rune;
            at += length;
        }

        return true;
    }

    /// <summary>
    /// Splits a list at any line end, trims, drops blank lines (docs/contract.md, "Service types"). Where no line really
    /// breaks, it is split at line ends that were written out as a backslash and a letter.
    /// </summary>
    /// <param name="text">The list.</param>
    /// <param name="joiners">Where joiners may stand.</param>
    /// <returns>The lines; null when one is no line, they are over their limits, or nothing is left.</returns>
    public static IReadOnlyList<string>? Lines(string? text, Joiners joiners = Joiners.Nowhere)
    {
        var list = text.AsSpan().Trim();
        var lines = new List<string>();
        if (list.ContainsAny('\r', '\n'))
        {
            foreach (var range in list.SplitAny('\r', '\n'))
            {
                if (!TryAddLine(lines, list[range], joiners))
                {
                    return null;
                }
            }
        }
        else
        {
            foreach (var range in list.Split(WrittenLineEnd))
            {
                var line = list[range];
                if (line.EndsWith(WrittenReturn) && range.End.GetOffset(list.Length) < list.Length)
                {
                    line = line[..^WrittenReturn.Length];
                }

                if (!TryAddLine(lines, line, joiners))
                {
                    return null;
                }
            }
        }

        return lines.Count == 0 ? null : lines;
    }

    /// <summary>Adds a line unless it is blank; false when it, or one more, is over a limit.</summary>
    private static bool TryAddLine(List<string> lines, ReadOnlySpan<char> text, Joiners joiners)
    {
        var line = text.Trim();
        if (line.IsEmpty)
        {
            return true;
        }

        var kept = line.ToString();
        if (lines.Count == Limits.ListLines || !IsLine(kept, Limits.LineLength, joiners))
        {
            return false;
        }

        lines.Add(kept);
        return true;
    }
}
