namespace PanelServer.Domain.Providers;

/// <summary>Why the panel has locked a route. The numbers are stored.</summary>
public enum RouteLockKind
{
    /// <summary>It costs more than its service is sold for. For people: whether it is so is computed (<see cref="RouteCost"/>).</summary>
    BelowCost = 1,

    /// <summary>The provider does not list the service any more.</summary>
    Removed = 2,

    /// <summary>The provider's service is another by now.</summary>
    Changed = 3,

    /// <summary>The provider has refused an order for what the service is.</summary>
    Refused = 4,

    /// <summary>Any other reason: an older version or another program has locked it.</summary>
    Other = 5,
}

/// <summary>The lock of a route that the panel does not use by itself any more.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Text">The reason, for people.</param>
public readonly record struct RouteLock(RouteLockKind Kind, string Text)
{
    /// <summary>Whether it keeps a route from being used, whatever the route costs.</summary>
    public bool Closes => Kind != RouteLockKind.BelowCost;

    /// <summary>Whether a comparison of catalogues may replace or end it: it was set by one.</summary>
    public bool IsOfComparison => Kind is RouteLockKind.BelowCost or RouteLockKind.Removed or RouteLockKind.Changed;

    /// <summary>It costs more than its service is sold for.</summary>
    public static RouteLock BelowCost(RouteCost cost, Rate price) =>
        new(RouteLockKind.BelowCost, $"below cost: it costs {cost.Text} and is sold for {price}");

    /// <summary>The provider does not list the service any more.</summary>
    public static RouteLock Removed { get; } = new(RouteLockKind.Removed, "removed: it is not in the provider's catalogue");

    /// <summary>The provider's service is another by now.</summary>
    public static RouteLock Changed(string how) => new(RouteLockKind.Changed, $"changed: {how}");

    /// <summary>The provider has refused an order for what the service is.</summary>
    public static RouteLock Refused(string said) => new(RouteLockKind.Refused, $"refused: {said}");
}
