namespace PanelServer.Domain.Providers;

/// <summary>A provider's mark-ups. One of a service comes before one of its category, and that before the provider's.</summary>
public sealed class MarkupRules
{
    private readonly Dictionary<string, Markup> _categories = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Markup> _services = new(StringComparer.Ordinal);
    private readonly Markup _provider = Markup.None;

    /// <param name="rules">One for each scope.</param>
    public MarkupRules(IEnumerable<KeyValuePair<MarkupScope, Markup>> rules)
    {
        foreach (var (scope, markup) in rules)
        {
            if (scope.UpstreamService.Length > 0)
            {
                _services[scope.UpstreamService] = markup;
            }
            else if (scope.Category.Length > 0)
            {
                _categories[scope.Category] = markup;
            }
            else
            {
                _provider = markup;
            }
        }
    }

    /// <summary>The mark-up of a service; without any rule the price is the cost.</summary>
    public Markup For(string category, string upstreamService) =>
        _services.GetValueOrDefault(upstreamService) ?? _categories.GetValueOrDefault(category) ?? _provider;
}
