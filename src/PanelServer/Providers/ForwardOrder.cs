using System.Globalization;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Orders;
using PanelServer.Orders;

namespace PanelServer.Providers;

/// <summary>An operator gives a queued order, which no provider has, to the providers of its service.</summary>
internal static class ForwardOrder
{
    /// <summary>Has an order submitted, inside a unit.</summary>
    /// <returns>The order; refused when it is not queued, held, or has no route.</returns>
    public static Result<int> Run(UnitOfWork unit, int id, long now)
    {
        if (unit.Orders.Find(id) is not { } order)
        {
            return OrderRefusal.Unknown(id);
        }

        if (order is not { Kind: OrderKind.Plain, Status: OrderStatus.Pending, Stage: OrderStage.Queued })
        {
            return new Refusal("not_queued", id, StatusNames.Of(order.Status));
        }

        if (HeldOrders.IsHeld(unit, id))
        {
            return HeldOrders.StillHeld(id);
        }

        if (unit.Routes.FirstProvider(order.ServiceId) is not { } provider)
        {
            return new Refusal("no_route", order.ServiceId);
        }

        unit.Due.Set(WorkKind.Send, id, id, now, provider);
        Audit.Write(unit, now, "order forward", string.Create(CultureInfo.InvariantCulture, $"order {id}"), "");
        return id;
    }
}
