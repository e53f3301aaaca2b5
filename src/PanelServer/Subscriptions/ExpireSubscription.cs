using PanelServer.Data;
using PanelServer.Domain.Orders;
using PanelServer.Jobs;
using PanelServer.Orders;

namespace PanelServer.Subscriptions;

/// <summary>A subscription's last day has passed: posts that were not ordered for are dropped.</summary>
internal sealed class ExpireSubscription : IJob
{
    public long? Run(UnitOfWork unit, ScheduledWork due, long now)
    {
        var order = unit.Orders.Find(due.Order)!;
        if (!OrderLifecycle.IsFinal(order.Status))
        {
            OrderTransition.Apply(unit, order, OrderPost.SubscriptionStep(OrderStatus.Expired), now);
        }

        return null;
    }
}
