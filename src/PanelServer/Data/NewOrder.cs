using PanelServer.Domain;
using PanelServer.Domain.Orders;

namespace PanelServer.Data;

/// <summary>An order as it is first written.</summary>
internal sealed record NewOrder
{
    public required int Id { get; init; }
    public required int Reseller { get; init; }
    public required int Service { get; init; }
    public required int Type { get; init; }
    public required OrderStatus Status { get; init; }
    public required long Quantity { get; init; }
    public required Rate Rate { get; init; }
    public required Money Charge { get; init; }
    public string? Link { get; init; }
    public string? Details { get; init; }
    public DripFeed? Drip { get; init; }

    /// <summary>The drip-feed or the subscription it is a part of.</summary>
    public int? Parent { get; init; }
    public required long At { get; init; }
}
