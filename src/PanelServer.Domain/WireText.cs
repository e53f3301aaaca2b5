using System.Text;

namespace PanelServer.Domain;

/// <summary>How texts from the wire are read: integers, ids, lines and lists (docs/contract.md, "Request").</summary>
public static class WireText
{
    /// <summary>An integer is 1 to 18 ASCII digits after trimming; everything else is malformed.</summary>
    public static bool TryInteger(string? text, out long number) => TryInteger(text.AsSpan(), out number);

    /// <inheritdoc cref="TryInteger(string?, out long)"/>
    public static bool TryInteger(ReadOnlySpan<char> text, out long number)
    {
        number = 0;
        var digits = text.Trim();
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

    /// <summary>Splits a list at any line end, trims, drops blank lines (docs/contract.md, "Service types").</summary>
    /// <returns>The lines, or null when a line or their number is over its limit, or nothing is left.</returns>
    public static IReadOnlyList<string>? Lines(string? text)
    {
        var lines = new List<string>();
        foreach (var range in text.AsSpan().SplitAny('\r', '\n'))
        {
            var line = text.AsSpan(range).Trim();
            if (line.IsEmpty)
            {
                continue;
            }

            var kept = line.ToString();
            if (lines.Count == Limits.ListLines || !IsLine(kept, Limits.LineLength))
            {
                return null;
            }

            lines.Add(kept);
        }

        return lines.Count == 0 ? null : lines;
    }
}
