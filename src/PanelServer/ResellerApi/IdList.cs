using PanelServer.Domain;

namespace PanelServer.ResellerApi;

/// <summary>One id of a batch as it was asked for.</summary>
/// <param name="Text">As written, trimmed.</param>
/// <param name="Number">The number to echo; null when the text is no id at all.</param>
/// <param name="IsOver">It came after the first hundred.</param>
internal readonly record struct AskedId(string Text, long? Number, bool IsOver)
{
    /// <summary>The id to look up; null when nothing can be there.</summary>
    public int? Known => Number is > 0 and <= Limits.MaxId && !IsOver ? (int)Number : null;
}

/// <summary>The ids of a batch (docs/contract.md, "Batches"): trimmed, blanks dropped, duplicates asked once, in order.</summary>
internal static class IdList
{
    /// <summary>Whether a text lists several ids: a field for one id is then read as the field for many.</summary>
    public static bool IsList(string text) => text.Contains(',', StringComparison.Ordinal);

    /// <summary>A list without the brackets, and the quotes, that programs leave around it when they print theirs.</summary>
    public static string? Unbracketed(string? text) => text is ['[', .., ']']
        ? text[1..^1].Replace("\"", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal).Trim()
        : text;

    /// <summary>Reads a list; an empty one counts as absent.</summary>
    /// <returns>Null when there are more distinct ids than a call may have.</returns>
    public static IReadOnlyList<AskedId>? Read(string? text)
    {
        var span = text.AsSpan();
        var expected = Math.Min(span.Count(',') + 1, Limits.BatchIdsRefused);
        var list = new List<AskedId>(expected);
        var seen = new HashSet<long>(expected);
        var seenTexts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var range in span.Split(','))
        {
            var token = span[range].Trim();
            if (token.IsEmpty)
            {
                continue;
            }

            // 7 and 007 are the same order.
            long? number = WireText.TryInteger(token, out var id) ? id : null;
            var asked = token.ToString();
            if (!(number is null ? seenTexts.Add(asked) : seen.Add(id)))
            {
                continue;
            }

            if (list.Count == Limits.BatchIdsRefused)
            {
                return null;
            }

            list.Add(new(asked, number, IsOver: list.Count >= Limits.BatchIds));
        }

        return list;
    }
}
