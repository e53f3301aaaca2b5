using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Catalogue;

/// <summary>Which of a provider's services are meant, and as what they come in.</summary>
internal sealed record ImportSelection
{
    /// <summary>The provider's ids; empty = chosen by the other parts.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The provider's categories, in any case of letters; empty = any.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>What the name contains, in any case of letters; null = anything.</summary>
    public string? Search { get; init; }

    /// <summary>The category they come into; null = each into its own.</summary>
    public string? Into { get; init; }

    /// <summary>The type of those that name none; null = they do not come in.</summary>
    public ServiceType? Type { get; init; }

    /// <summary>Whether they are not yet listed and sold.</summary>
    public bool Disabled { get; init; }

    /// <summary>Whether a service is meant.</summary>
    public bool Takes(UpstreamService service) =>
        (Services.Count == 0 || Services.Contains(service.Id, StringComparer.Ordinal))
        && (Categories.Count == 0 || Categories.Contains(service.Category, StringComparer.OrdinalIgnoreCase))
        && (Search is not { } text || service.Name.Contains(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a row that cannot be used would have been meant; its category is not known.</summary>
    public bool TakesUnusable(UnusableService row) =>
        (Services.Count == 0 || Services.Contains(row.Id, StringComparer.Ordinal))
        && Categories.Count == 0
        && (Search is not { } text || row.Name.Contains(text, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A service that was imported, or would be.</summary>
/// <param name="Id">Ours; null in a dry run.</param>
/// <param name="Cost">In the provider's currency.</param>
/// <param name="Price">In the panel's.</param>
internal sealed record ImportedRow(int? Id, string UpstreamService, string Name, string Category, Domain.Rate Cost, Domain.Rate Price);

/// <summary>A service that was meant and not imported.</summary>
/// <param name="Why">A reason that many may share.</param>
internal sealed record SkippedRow(string UpstreamService, string Name, Refusal Why);

/// <summary>What an import has done, or would do.</summary>
/// <param name="Stopped">Why it ended before its end; null when it did not.</param>
internal sealed record ImportReport(IReadOnlyList<ImportedRow> Imported, IReadOnlyList<SkippedRow> Skipped, Refusal? Stopped = null)
{
    /// <summary>Rows of which something could not be read.</summary>
    public IReadOnlyList<UnusableService> Mended { get; init; } = [];
}
