using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Providers;

namespace PanelServer.Providers.Client;

/// <summary>A provider's list of services, parted by whether they can be used.</summary>
internal sealed record UpstreamCatalogue(IReadOnlyList<UpstreamService> Services, IReadOnlyList<UnusableService> Unusable)
{
    /// <summary>What the provider writes before decimals, as its rates show or as it was known before.</summary>
    public DecimalSign Sign { get; init; }

    /// <summary>Rows that can be used, and of which something could not be read.</summary>
    public IReadOnlyList<UnusableService> Mended { get; init; } = [];
}

/// <summary>One service of a provider. All texts are on one line and within <see cref="Limits.TextLength"/>.</summary>
internal sealed record UpstreamService
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The type as it came; empty when none did.</summary>
    public string TypeText { get; init; } = "";

    /// <summary>Null when the type is not one of ours.</summary>
    public ServiceType? Type { get; init; }

    public string Category { get; init; } = "";

    /// <summary>In the provider's currency; above zero.</summary>
    public required Rate Rate { get; init; }

    /// <summary>At least 1.</summary>
    public required int Min { get; init; }

    /// <summary>At least <see cref="Min"/>.</summary>
    public required int Max { get; init; }

    public bool Dripfeed { get; init; }

    public bool Refill { get; init; }

    public bool Cancel { get; init; }

    /// <summary>As it came; HTML stays the text it is.</summary>
    public string Description { get; init; } = "";
}

/// <summary>A row that cannot be used, or not as it came.</summary>
/// <param name="Row">Its place in the list, from 1.</param>
/// <param name="Id">Its id as far as there is one.</param>
/// <param name="Name">Its name as far as there is one.</param>
/// <param name="Why">What is wrong with it.</param>
internal sealed record UnusableService(int Row, string Id, string Name, string Why);
