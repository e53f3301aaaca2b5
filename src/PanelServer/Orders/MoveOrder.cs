using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Cancels;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Ledger;
using PanelServer.Domain.Orders;

namespace PanelServer.Orders;

/// <summary>A move to make.</summary>
/// <param name="Order">Which order.</param>
/// <param name="To">The state asked for; Partial may turn out as Completed or Canceled.</param>
/// <param name="Actor">Who makes it.</param>
internal sealed record OrderMove(int Order, OrderStatus To, Actor Actor)
{
    /// <summary>What is undelivered; null keeps what is known.</summary>
    public long? Remains { get; init; }

    /// <summary>The public counter when delivery started; null keeps what is known.</summary>
    public long? StartCount { get; init; }

    public string? Note { get; init; }
}

/// <summary>What a move came to.</summary>
internal sealed record OrderMoved(int Order, OrderStatus From, OrderStatus To, long Remains, Money Refund);

/// <summary>
/// Moves an order through its lifecycle, pays back what is owed and writes down who did it, in one unit. Every actor's
/// word passes through here.
/// </summary>
internal sealed class MoveOrder(WriteQueue writes, TimeProvider clock)
{
    public Task<Result<OrderMoved>> RunAsync(OrderMove move)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.RunAsync(writer => Move(writer, move, now));
    }

    /// <summary>Says how far an order in progress is: no move, no money.</summary>
    public Task<Result<OrderMoved>> ProgressAsync(int id, long remains)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.RunAsync(writer => Progress(writer, id, remains, now));
    }

    /// <summary>Moves an order inside a unit.</summary>
    public static Result<OrderMoved> Move(Writer writer, OrderMove move, long now)
    {
        var order = writer.Db.Orders.FirstOrDefault(row => row.Id == move.Order);
        if (order is null)
        {
            return OrderRefusal.Unknown(move.Order);
        }

        if (!OrderLifecycle.Allows(order.Status, move.To, move.Actor))
        {
            return OrderRefusal.Move(order, move.To);
        }

        var remains = move.Remains ?? order.Remains;
        if (remains < 0 || remains > order.Quantity)
        {
            return OrderRefusal.Remains(order, remains);
        }

        var startCount = move.StartCount ?? order.StartCount;
        if (startCount < 0)
        {
            return OrderRefusal.StartCount(order, startCount);
        }

        var ends = OrderLifecycle.IsFinal(move.To);
        var settled = ends && order.Type != ServiceType.Subscriptions.Id
            ? Settlement.Of(move.To, order.Charge, order.Refunded, order.Quantity, remains)
            : new Settlement(move.To, remains, Money.Zero);

        var refunded = order.Refunded + settled.Refund;
        long? completedAt = settled.Status == OrderStatus.Completed ? now : null;
        var changed = writer.Db.Orders
            .Where(row => row.Id == order.Id && row.Version == order.Version)
            .ExecuteUpdate(row => row
                .SetProperty(o => o.Status, settled.Status)
                .SetProperty(o => o.Stage, OrderStage.Told)
                .SetProperty(o => o.Version, order.Version + 1)
                .SetProperty(o => o.Remains, settled.Remains)
                .SetProperty(o => o.StartCount, startCount)
                .SetProperty(o => o.Refunded, refunded)
                .SetProperty(o => o.CompletedAt, completedAt)
                .SetProperty(o => o.UpdatedAt, now));
        if (changed != 1)
        {
            throw new InvalidOperationException("a unit is alone with its order");
        }

        writer.Db.OrderMoves.Add(new OrderMoveRow
        {
            OrderId = order.Id,
            Version = order.Version,
            At = now,
            Actor = move.Actor,
            FromStatus = order.Status,
            ToStatus = settled.Status,
            Remains = settled.Remains,
            Note = move.Note,
        });
        if (settled.Refund > Money.Zero)
        {
            writer.Accounts.Credit(order.ResellerId, settled.Refund);
            writer.Accounts.Book(Transfer.Refund(order.Id, order.Version, order.ResellerId, settled.Refund, now));
        }

        if (ends)
        {
            Close(writer, order.Id, now);
        }

        return new OrderMoved(order.Id, order.Status, settled.Status, settled.Remains, settled.Refund);
    }

    /// <summary>What an order's end takes with it: the link is free again, an open cancel request is overtaken.</summary>
    private static void Close(Writer writer, int order, long now)
    {
        writer.Db.RunningLinks.Where(row => row.OrderId == order).ExecuteDelete();
        writer.Db.Cancels
            .Where(row => row.OrderId == order && row.Status == CancelStatus.Open)
            .ExecuteUpdate(row => row
                .SetProperty(cancel => cancel.Status, CancelStatus.Overtaken)
                .SetProperty(cancel => cancel.UpdatedAt, now));
    }

    private static Result<OrderMoved> Progress(Writer writer, int id, long remains, long now)
    {
        var order = writer.Db.Orders.FirstOrDefault(row => row.Id == id);
        if (order is null)
        {
            return OrderRefusal.Unknown(id);
        }

        if (order.Status is not (OrderStatus.Processing or OrderStatus.InProgress))
        {
            return new Refusal(
                "illegal_move",
                string.Create(CultureInfo.InvariantCulture, $"order {id} is {StatusNames.Of(order.Status)}: only a running order makes progress"));
        }

        if (remains < 0 || remains > order.Quantity)
        {
            return OrderRefusal.Remains(order, remains);
        }

        writer.Db.Orders
            .Where(row => row.Id == id && row.Version == order.Version)
            .ExecuteUpdate(row => row
                .SetProperty(o => o.Remains, remains)
                .SetProperty(o => o.UpdatedAt, now));
        return new OrderMoved(id, order.Status, order.Status, remains, Money.Zero);
    }
}
