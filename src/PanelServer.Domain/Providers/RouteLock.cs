namespace PanelServer.Domain.Providers;

/// <summary>Why the panel has locked a route. What somebody else has locked begins with other words, and stays.</summary>
public static class RouteLock
{
    /// <summary>It costs more than its service is sold for. Told to people; whether it is so is computed (<see cref="RouteCost"/>).</summary>
    public const string BelowCost = "below cost: ";

    /// <summary>The provider does not list the service any more.</summary>
    public const string Removed = "removed: ";

    /// <summary>The provider's service is another by now.</summary>
    public const string Changed = "changed: ";

    /// <summary>Why a route is locked that costs more than its service is sold for.</summary>
    public static string TooDear(RouteCost cost, Rate price) => $"{BelowCost}it costs {cost.Text} and is sold for {price}";

    /// <summary>Whether a comparison may put another lock, or none, in this one's place.</summary>
    public static bool IsOurs(string? locked) => locked is null || Is(locked, BelowCost) || Is(locked, Removed) || Is(locked, Changed);

    /// <summary>Whether it is a lock of this kind.</summary>
    public static bool Is(string? locked, string kind) => locked?.StartsWith(kind, StringComparison.Ordinal) == true;

    /// <summary>Whether it keeps a route from being used, whatever the route costs.</summary>
    public static bool Closes(string? locked) => locked is not null && !Is(locked, BelowCost);
}
