using PanelServer.Domain;
using PanelServer.Domain.Ledger;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;

namespace PanelServer.Data;

/// <summary>A move of an order, as it is stored.</summary>
internal readonly record struct StoredMove(long Version, long At, Actor Actor, OrderStatus From, OrderStatus To, long Remains);

/// <summary>A transfer of an order, as it is stored.</summary>
internal readonly record struct StoredTransfer(TransferKind Kind, long Version, long Amount, long At);

/// <summary>An order as it is stored, with values that may be wrong.</summary>
internal readonly record struct StoredOrder
{
    public required long Id { get; init; }
    public required long Type { get; init; }
    public required OrderStatus Status { get; init; }
    public required long Version { get; init; }
    public required long Quantity { get; init; }
    public required long Remains { get; init; }
    public required Rate Rate { get; init; }
    public required Money Charge { get; init; }
    public required Money Refunded { get; init; }
    public required long? Runs { get; init; }
    public required long CreatedAt { get; init; }
    public required long? CompletedAt { get; init; }

    /// <summary>It is a run of a drip-feed.</summary>
    public required bool IsRun { get; init; }
}
