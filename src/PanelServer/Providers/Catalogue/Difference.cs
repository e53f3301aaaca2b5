using PanelServer.Domain.Providers;

namespace PanelServer.Providers.Catalogue;

/// <summary>In what a provider's catalogue differs from ours.</summary>
internal enum DifferenceKind
{
    /// <summary>What the provider takes, in its currency.</summary>
    Cost,

    /// <summary>What we take.</summary>
    Price,
    Name,
    Category,
    Min,
    Max,

    /// <summary>The cost has changed by more than is accepted without confirmation.</summary>
    Jump,

    /// <summary>It costs more than it is sold for.</summary>
    BelowCost,
    Type,

    /// <summary>An offer of ours that the provider does not make.</summary>
    Refill,

    /// <inheritdoc cref="Refill"/>
    Cancel,

    /// <inheritdoc cref="Refill"/>
    Drip,

    /// <summary>The service is not in its catalogue any more.</summary>
    Removed,

    /// <summary>Its row is in the catalogue and cannot be used.</summary>
    Unusable,

    /// <summary>The service is in its catalogue again.</summary>
    Back,
}

/// <summary>One difference, as texts for people and programs.</summary>
/// <param name="Service">Our service.</param>
/// <param name="UpstreamService">The provider's id of it.</param>
/// <param name="Kind">In what.</param>
/// <param name="Was">What it was until now.</param>
/// <param name="Is">What it is, or would be.</param>
/// <param name="IsKept">Ours stays as it is: somebody has edited it, or only a person can decide.</param>
internal sealed record Difference(int Service, string UpstreamService, DifferenceKind Kind, string Was, string Is, bool IsKept = false);

/// <summary>A difference in a provider's service that raises an alert.</summary>
internal readonly record struct AlertSubject(AlertKind Kind, string UpstreamService);
