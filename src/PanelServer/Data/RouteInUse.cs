using PanelServer.Domain;
using PanelServer.Domain.Providers;

namespace PanelServer.Data;

/// <summary>An enabled route, with the state of its provider.</summary>
internal sealed record RouteInUse
{
    public required int Id { get; init; }

    public required RouteKey Key { get; init; }

    /// <summary>Why the panel does not use it by itself; null = it does.</summary>
    public RouteLock? Lock { get; init; }

    public required Multiplier Multiplier { get; init; }

    /// <summary>A JSON object of texts.</summary>
    public string? Extra { get; init; }

    /// <summary>What it was last seen to cost.</summary>
    public required RouteCost Cost { get; init; }

    /// <summary>The list price of the service.</summary>
    public required Rate Price { get; init; }

    /// <summary>Whether an order at the list price costs more there than it brings, and no operator has accepted that.</summary>
    public bool IsBelowCost => Cost.IsAbove(Price);

    /// <summary>Whether the order that is looked at costs more there than it brings.</summary>
    public bool IsLoss { get; init; }

    /// <summary>Whether it is known what the provider's currency is in the panel's.</summary>
    public required bool HasExchange { get; init; }

    public required Pause Paused { get; init; }

    /// <summary>Until when the provider is left alone, unix milliseconds.</summary>
    public long? OpenUntil { get; init; }

    /// <summary>The last known balance there, in 0.00001 of its currency.</summary>
    public long? Balance { get; init; }

    /// <summary>Whether something may be sent there now. A provider that was left alone is first tried by a question.</summary>
    public bool IsUsable => Lock is null && !IsBelowCost && !IsLoss && HasExchange && CircuitBreaker.MayTakeOrders(Paused, OpenUntil);
}
