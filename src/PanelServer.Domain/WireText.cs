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

    /// <summary>One line that can be kept and passed on as it is: no control characters, no half characters.</summary>
    /// <param name="text">The text; its length counts in Unicode scalar values.</param>
    /// <param name="most">The most scalar values allowed.</param>
    public static bool IsLine(string text, int most)
    {
        if (text.Length == 0 || text.Length > most * 2)
        {
            return false;
        }

        var scalars = 0;
        for (var at = 0; at < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length) != System.Buffers.OperationStatus.Done
                || (Rune.IsControl(rune) && rune.Value != '\t')
                || ++scalars > most)
            {
                return false;
            }

            at += length;
        }

        return true;
    }

    /// <summary>
    /// Splits a list at any line end, trims, drops blank lines (docs/contract.md, "Service types"). Where no line really
    /// breaks, it is split at line ends that were written out as a backslash and a letter.
    /// </summary>
    /// <returns>The lines, or null when a line or their number is over its limit, or nothing is left.</returns>
    public static IReadOnlyList<string>? Lines(string? text)
    {
        var list = text.AsSpan().Trim();
        var lines = new List<string>();
        if (list.ContainsAny('\r', '\n'))
        {
            foreach (var range in list.SplitAny('\r', '\n'))
            {
                if (!TryAddLine(lines, list[range]))
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

                if (!TryAddLine(lines, line))
                {
                    return null;
                }
            }
        }

        return lines.Count == 0 ? null : lines;
    }

    /// <summary>Adds a line unless it is blank; false when it, or one more, is over a limit.</summary>
    private static bool TryAddLine(List<string> lines, ReadOnlySpan<char> text)
    {
        var line = text.Trim();
        if (line.IsEmpty)
        {
            return true;
        }

        var kept = line.ToString();
        if (lines.Count == Limits.ListLines || !IsLine(kept, Limits.LineLength))
        {
            return false;
        }

        lines.Add(kept);
        return true;
    }
}
