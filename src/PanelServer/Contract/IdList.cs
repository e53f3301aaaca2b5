using PanelServer.Domain;

namespace PanelServer.Contract;

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
    /// <summary>Reads a list; an empty one counts as absent.</summary>
    /// <returns>Null when there are more distinct ids than a call may have.</returns>
    public static IReadOnlyList<AskedId>? Read(string? text)
    {
        var list = new List<AskedId>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var span = text.AsSpan();
        foreach (var range in span.Split(','))
        {
            var token = span[range].Trim();
            if (token.IsEmpty)
            {
                continue;
            }

            var asked = token.ToString();
            long? number = WireText.TryInteger(asked, out var id) ? id : null;

            // 7 and 007 are the same order.
            if (!seen.Add(number is null ? asked : $"{number}"))
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
