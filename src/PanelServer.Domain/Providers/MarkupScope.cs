namespace PanelServer.Domain.Providers;

/// <summary>
/// Which of a provider's services a mark-up is for: one, those of a category, or all. Categories are the provider's, in
/// any case of letters.
/// </summary>
/// <param name="Category">Empty = any.</param>
/// <param name="UpstreamService">The provider's id of one service; empty = any.</param>
public readonly record struct MarkupScope(string Category, string UpstreamService)
{
    /// <summary>All services of the provider.</summary>
    public static readonly MarkupScope Provider = new("", "");

    public static MarkupScope OfCategory(string category) => new(category, "");

    public static MarkupScope OfService(string upstreamService) => new("", upstreamService);
}
