using PanelServer.Data.Entities;
using PanelServer.Domain.Orders;
using PanelServer.Orders;

namespace PanelServer.Subscriptions;

/// <summary>A deposit lets a reseller's paused subscriptions go on: their posts are due again, the oldest first.</summary>
internal static class ResumeSubscriptions
{
    /// <summary>Resumes inside the deposit's own unit.</summary>
    public static void Run(UnitOfWork unit, int reseller, long now)
    {
        // A paused subscription has a post that waits: so few rows are looked at, however many orders there are.
        var waiting = unit.Db.Due.Where(due => due.Kind == WorkKind.Post && due.Held).Select(due => due.OrderId).Distinct();
        var paused = unit.Db.Orders
            .Where(row => waiting.Contains(row.Id) && row.ResellerId == reseller && row.Status == OrderStatus.Paused)
            .OrderBy(row => row.Id)
            .ToList();
        foreach (var order in paused)
        {
            OrderTransition.Apply(unit, order, OrderPost.SubscriptionStep(OrderStatus.Active), now);
            unit.Due.Hold(WorkKind.Post, order.Id, held: false);
        }
    }
}
