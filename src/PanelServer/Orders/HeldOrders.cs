using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Orders;

namespace PanelServer.Orders;

/// <summary>
/// Orders that wait for a person because of their link: taken and charged, and neither sent nor started until somebody
/// lets them go on.
/// </summary>
internal static class HeldOrders
{
    private static readonly WorkKind[] Waiting = [WorkKind.Order, WorkKind.Run, WorkKind.Send];

    /// <summary>Holds an order back inside a unit: what is due to it does not happen.</summary>
    public static void Hold(UnitOfWork unit, int order, string pattern, long now)
    {
        unit.Db.LinkHolds.Where(row => row.OrderId == order).ExecuteDelete();
        unit.Db.LinkHolds.Add(new LinkHoldRow { OrderId = order, Pattern = pattern, HeldAt = now });
        unit.Save();
        foreach (var kind in Waiting)
        {
            unit.Due.Hold(kind, order, held: true);
        }
    }

    /// <summary>Holds an order that has been going on, if its link is blocked by now and nobody has let it go on in spite of that.</summary>
    /// <returns>Whether it is held.</returns>
    public static bool HoldIfBlocked(UnitOfWork unit, OrderRow order, LinkBlockList blocks, long now)
    {
        if (blocks.Of(order.Link) is not { } block)
        {
            return false;
        }

        var pattern = block.Pattern.Text;
        if (unit.Db.LinkHolds.Any(row => row.OrderId == order.Id && row.Pattern == pattern && row.FreedAt != null))
        {
            return false;
        }

        Hold(unit, order.Id, pattern, now);
        return true;
    }

    /// <summary>The orders that wait; one that has ended, or that somebody has taken in hand, no longer does.</summary>
    public static IQueryable<LinkHoldRow> Open(PanelDb db) => db.LinkHolds.Where(hold => hold.FreedAt == null)
        .Join(
            db.Orders.Where(order => (order.Status == OrderStatus.Pending && order.Stage == OrderStage.Queued)
                || (order.Runs != null && order.Status == OrderStatus.InProgress)),
            hold => hold.OrderId,
            order => order.Id,
            (hold, _) => hold);

    /// <summary>Whether an order is held because of its link.</summary>
    public static bool IsHeld(UnitOfWork unit, int order) =>
        unit.Db.LinkHolds.Any(row => row.OrderId == order && row.FreedAt == null);

    /// <summary>Lets orders go on inside a unit. What has become due meanwhile is due now.</summary>
    /// <returns>How many of them did wait.</returns>
    public static int Free(UnitOfWork unit, IReadOnlyCollection<int> orders, long now)
    {
        var waited = Open(unit.Db).Count(row => orders.Contains(row.OrderId));
        unit.Db.LinkHolds.Where(row => orders.Contains(row.OrderId) && row.FreedAt == null)
            .ExecuteUpdate(row => row.SetProperty(hold => hold.FreedAt, now));
        unit.Db.Due.Where(row => orders.Contains(row.OrderId) && row.Held && Waiting.Contains(row.Kind))
            .ExecuteUpdate(row => row
                .SetProperty(due => due.Held, false)
                .SetProperty(due => due.At, due => due.At < now ? now : due.At));
        return waited;
    }

    public static Refusal StillHeld(int order) => new("order_held", order);
}
