using System.Globalization;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Ledger;
using PanelServer.Orders;
using PanelServer.Queries;

namespace PanelServer.Cli;

/// <summary><c>order show</c>: everything that is known of one order.</summary>
internal static class OrderPage
{
    public static async Task<int> ShowAsync(VerbContext context, PanelDb db, int id)
    {
        if (await OrderOverview.ReadAsync(db, id) is not { } overview)
        {
            return context.Refuse(OrderRefusal.Unknown(id));
        }

        var (order, reseller, service) = (overview.Order, overview.Reseller, overview.Service);
        var timeline = TimelineOf(overview);
        var around = new OrderContext(overview);
        var lines = new List<string>
        {
            $"order {order.Id} of {reseller}: {StatusNames.Of(order.Status)}{(overview.IsPaused ? ", paused" : "")}",
            $"  service {service.Id} {service.Name} ({ServiceType.Of(order.Type).Name}) at {order.Rate}",
            $"  link {order.Link ?? "-"}, quantity {order.Quantity}, remains {order.Remains}, start count {order.StartCount}",
            $"  charged {order.Charge}, paid back {order.Refunded}, kept {order.Charge - order.Refunded}",
        };
        if (order.Details is not null)
        {
            lines.Add($"  details {order.Details}");
        }

        lines.AddRange(around.Lines().Select(line => $"  {line}"));
        lines.AddRange(timeline.Select(line => $"  {VerbContext.Time(line.At)}  {line.Text}"));
        return context.Write(
            new
            {
                order.Id,
                Reseller = reseller,
                Service = service.Id,
                Type = ServiceType.Of(order.Type).Name,
                Status = StatusNames.Of(order.Status),
                order.Link,
                order.Details,
                order.Quantity,
                order.Remains,
                order.StartCount,
                Rate = order.Rate.ToString(),
                Charge = order.Charge.ToString(),
                Refunded = order.Refunded.ToString(),
                Around = around.Json(),
                Timeline = timeline.Select(line => new { At = VerbContext.Instant(line.At), line.Text }),
            },
            string.Join(Environment.NewLine, lines));
    }

    /// <summary>What happened to an order, in its order: each move, and behind it the money that it moved.</summary>
    private static List<(long At, string Text)> TimelineOf(OrderOverview overview)
    {
        var (order, reseller, transfers) = (overview.Order, overview.Reseller, overview.Transfers);
        var charged = transfers
            .Where(transfer => transfer.Kind == TransferKind.Charge)
            .Select(transfer => (transfer.At, $"charged {transfer.Amount} to {reseller}"));
        var moved = overview.Moves.SelectMany(move => transfers
            .Where(transfer => transfer.Kind != TransferKind.Charge && transfer.Version == move.Version)
            .Select(transfer => (
                transfer.At,
                transfer.Kind == TransferKind.Refund ? $"paid back {transfer.Amount} to {reseller}" : $"taken again {transfer.Amount} from {reseller}"))
            .Prepend((move.At, TextOf(move))));
        return [(order.CreatedAt, "placed"), .. charged, .. moved];
    }

    private static string TextOf(OrderMoveRow move) => string.Create(
        CultureInfo.InvariantCulture,
        $"{StatusNames.Of(move.FromStatus)} → {StatusNames.Of(move.ToStatus)}, remains {move.Remains}, by {move.Actor}{(move.Note is null ? "" : $": {move.Note}")}");
}
