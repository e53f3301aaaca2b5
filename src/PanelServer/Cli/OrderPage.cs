using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Ledger;
using PanelServer.Orders;

namespace PanelServer.Cli;

/// <summary><c>order show</c>: everything that is known of one order.</summary>
internal static class OrderPage
{
    public static async Task<int> ShowAsync(VerbContext context, PanelDb db, int id)
    {
        if (await db.Orders.FirstOrDefaultAsync(row => row.Id == id) is not { } order)
        {
            return context.Refuse(OrderRefusal.Unknown(id));
        }

        var reseller = (await db.Resellers.FirstAsync(row => row.Id == order.ResellerId)).Name;
        var service = ServiceReading.Of(await db.Services.FirstAsync(row => row.Id == order.ServiceId));
        var moves = await db.OrderMoves.Where(row => row.OrderId == id).OrderBy(row => row.Version).ToListAsync();
        var transfers = await db.Transfers
            .Where(row => row.Subject == id && (row.Kind == TransferKind.Charge || row.Kind == TransferKind.Refund))
            .ToListAsync();
        var timeline = transfers
            .Select(transfer => (transfer.At, Order: transfer.Kind == TransferKind.Charge ? 1 : (2 * transfer.Version) + 3, Text: transfer.Kind == TransferKind.Charge
                ? $"charged {transfer.Amount} to {reseller}"
                : $"paid back {transfer.Amount} to {reseller}"))
            .Concat(moves.Select(move => (
                move.At,
                Order: (2 * move.Version) + 2,
                Text: string.Create(
                    CultureInfo.InvariantCulture,
                    $"{StatusNames.Of(move.FromStatus)} → {StatusNames.Of(move.ToStatus)}, remains {move.Remains}, by {move.Actor}{(move.Note is null ? "" : $": {move.Note}")}"))))
            .Prepend((At: order.CreatedAt, Order: 0, Text: "placed"))
            .OrderBy(line => line.At)
            .ThenBy(line => line.Order)
            .ToList();
        var lines = new List<string>
        {
            $"order {order.Id} of {reseller}: {StatusNames.Of(order.Status)}",
            $"  service {service.Id} {service.Name} ({ServiceType.Of(order.Type).Name}) at {order.Rate}",
            $"  link {order.Link ?? "-"}, quantity {order.Quantity}, remains {order.Remains}, start count {order.StartCount}",
            $"  charged {order.Charge}, paid back {order.Refunded}, kept {order.Charge - order.Refunded}",
        };
        if (order.Details is not null)
        {
            lines.Add($"  details {order.Details}");
        }

        lines.AddRange(timeline.Select(line => $"  {VerbContext.Time(line.At)}  {line.Text}"));
        return context.Say(
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
                Timeline = timeline.Select(line => new { At = VerbContext.Instant(line.At), line.Text }),
            },
            string.Join(Environment.NewLine, lines));
    }
}
