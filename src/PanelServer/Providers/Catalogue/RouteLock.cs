namespace PanelServer.Providers.Catalogue;

/// <summary>Why a comparison has locked a route. What others have locked begins with other words, and stays.</summary>
internal static class RouteLock
{
    public const string BelowCost = "below cost: ";
    public const string Removed = "removed: ";
    public const string Changed = "changed: ";

    /// <summary>Whether a comparison may put another lock, or none, in this one's place.</summary>
    public static bool IsOurs(string? locked) => locked is null || Is(locked, BelowCost) || Is(locked, Removed) || Is(locked, Changed);

    /// <summary>Whether it is a lock of this kind.</summary>
    public static bool Is(string? locked, string kind) => locked?.StartsWith(kind, StringComparison.Ordinal) == true;
}
