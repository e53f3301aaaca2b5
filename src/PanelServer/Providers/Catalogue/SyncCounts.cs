namespace PanelServer.Providers.Catalogue;

/// <summary>How many differences there are of each kind, for people: <c>12 price, 1 removed</c>.</summary>
internal static class SyncCounts
{
    /// <summary>Counts; what ours keeps is counted apart.</summary>
    public static string Of(IEnumerable<Difference> differences)
    {
        var counts = differences
            .GroupBy(one => (one.Kind, one.IsKept))
            .OrderBy(group => group.Key)
            .Select(group => FormattableString.Invariant($"{group.Count()} {WordOf(group.Key.Kind, group.Key.IsKept)}"))
            .ToList();
        return counts.Count == 0 ? "no differences" : string.Join(", ", counts);
    }

    /// <summary>How a difference is called.</summary>
    public static string WordOf(DifferenceKind kind, bool isKept)
    {
        var word = kind switch
        {
            DifferenceKind.Cost => "cost",
            DifferenceKind.Price => "price",
            DifferenceKind.Name => "name",
            DifferenceKind.Category => "category",
            DifferenceKind.Min => "min",
            DifferenceKind.Max => "max",
            DifferenceKind.Jump => "jump",
            DifferenceKind.BelowCost => "below cost",
            DifferenceKind.Type => "type",
            DifferenceKind.Refill => "refill",
            DifferenceKind.Cancel => "cancel",
            DifferenceKind.Drip => "drip-feed",
            DifferenceKind.Removed => "removed",
            DifferenceKind.Unusable => "unusable",
            DifferenceKind.Back => "back again",
        };
        return isKept && kind != DifferenceKind.BelowCost ? $"{word} (kept)" : word;
    }
}
