using PanelServer.Domain;
using PanelServer.Domain.Catalogue;

namespace PanelServer.Providers.PanelApi;

/// <summary>A service as a provider's catalogue lists it, cleaned and within bounds.</summary>
internal sealed record UpstreamService
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string TypeText { get; init; }

    /// <summary>Null when it is a type that this panel does not know.</summary>
    public ServiceType? Type { get; init; }

    public required string Category { get; init; }

    /// <summary>In the provider's currency.</summary>
    public required Rate Rate { get; init; }

    public required int Min { get; init; }
    public required int Max { get; init; }
    public bool Dripfeed { get; init; }
    public bool Refill { get; init; }
    public bool Cancel { get; init; }
    public string Description { get; init; } = "";
}

/// <summary>A provider's whole catalogue: what can be used, and what cannot.</summary>
internal sealed record UpstreamCatalogue(IReadOnlyList<UpstreamService> Services, IReadOnlyList<UnusableService> Unusable);

/// <summary>A row of a catalogue that cannot be used.</summary>
/// <param name="Row">Counted from 1.</param>
/// <param name="Why">What is wrong with it.</param>
internal sealed record UnusableService(int Row, string Id, string Name, string Why);
