using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Cancels;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Orders;

namespace PanelServer.Cancels;

/// <summary>The provider or person that fulfils an order answers its open cancel request. Accepted, the order ends by what remains.</summary>
internal sealed class AnswerCancel(WriteQueue writes, TimeProvider clock)
{
    /// <summary>Accepts: the order ends as Canceled, Partial or Completed by its remains.</summary>
    /// <param name="actor">Who accepts.</param>
    /// <param name="order">The order whose request it is.</param>
    /// <param name="remains">What is undelivered; null takes what is known.</param>
    public Task<Result<OrderMoved>> AcceptAsync(ActorContext actor, int order, long? remains)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.RunAsync(actor, unit => Accept(unit, order, remains, actor.Kind, now));
    }

    /// <summary>Refuses: the order goes on, and may be asked for again.</summary>
    public Task<Result<int>> RefuseAsync(ActorContext actor, int order)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.RunAsync(actor, unit => Refuse(unit, order, actor.Kind, now));
    }

    /// <summary>Accepts inside a unit, by the order's id.</summary>
    public static Result<OrderMoved> Accept(UnitOfWork unit, int order, long? remains, Actor actor, long now) =>
        unit.Orders.Find(order) is not { } row ? NoRequest(order)
        : Accept(unit, row, remains, actor, now).Try(out var after, out var refusal) ? OrderMoved.Between(row, after)
        : refusal;

    /// <summary>Accepts inside a unit that has read the order.</summary>
    /// <returns>The order as it is stored now.</returns>
    public static Result<OrderRow> Accept(UnitOfWork unit, OrderRow order, long? remains, Actor actor, long now)
    {
        if (unit.Orders.OpenCancel(order.Id) is not { } request || !CancelLifecycle.Table.Allows(CancelStatus.Open, CancelStatus.Accepted, actor))
        {
            return NoRequest(order.Id);
        }

        // Partial is "by what remains": with everything left it is Canceled, with nothing left Completed.
        var move = new OrderMove(OrderStatus.Partial, actor) { Remains = remains, Note = "cancel request accepted", Verb = "cancel accept" };
        if (!MoveOrder.Move(unit, order, move, now).Try(out var after, out var refusal))
        {
            return refusal;
        }

        Close(unit, request, CancelStatus.Accepted, now);
        return after;
    }

    /// <summary>Refuses inside a unit.</summary>
    public static Result<int> Refuse(UnitOfWork unit, int order, Actor actor, long now)
    {
        if (unit.Orders.OpenCancel(order) is not { } request || !CancelLifecycle.Table.Allows(CancelStatus.Open, CancelStatus.Refused, actor))
        {
            return NoRequest(order);
        }

        Close(unit, request, CancelStatus.Refused, now);
        ManualReviews.End(unit, order, [ReviewKind.Cancel], "the wish to cancel was refused", now);
        unit.Due.Remove(WorkKind.Cancel, order);
        if (actor == Actor.Operator)
        {
            Audit.Write(unit, now, "cancel refuse", string.Create(CultureInfo.InvariantCulture, $"order {order}"), "");
        }

        return order;
    }

    /// <summary>
    /// A provider has just ended an order: that is its yes to the request that waited, which the end would otherwise have
    /// overtaken.
    /// </summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="request">The request that waited before.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static void SettleBy(UnitOfWork unit, int request, long now) => Close(unit, request, CancelStatus.Accepted, now);

    private static void Close(UnitOfWork unit, int request, CancelStatus status, long now) => unit.Db.Cancels
        .Where(row => row.Id == request)
        .ExecuteUpdate(row => row
            .SetProperty(cancel => cancel.Status, status)
            .SetProperty(cancel => cancel.UpdatedAt, now));

    private static Refusal NoRequest(int order) => new("no_cancel_request", order);
}
