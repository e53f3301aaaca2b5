using Microsoft.EntityFrameworkCore;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Ledger;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;

namespace PanelServer.Orders;

/// <summary>
/// One step of an order, decided and not yet taken: the only way an order's state, its remains and the money it keeps
/// are written.
/// </summary>
/// <param name="Settled">The state it reaches, what remains, and what goes back.</param>
/// <param name="Actor">Who takes it.</param>
internal sealed record OrderTransition(Settlement Settled, Actor Actor)
{
    // Reviews whose reason goes with the order's end: what the provider could not say of it, somebody has said.
    private static readonly ReviewKind[] EndWithOrder = [ReviewKind.Cancel, ReviewKind.Unheard, ReviewKind.Remains, ReviewKind.Failed, ReviewKind.Aside];

    /// <summary>The public counter when delivery started.</summary>
    public long StartCount { get; init; }

    public string? Note { get; init; }

    /// <summary>Takes a step: the row, its move, the money, and what an end takes with it.</summary>
    /// <returns>The order as it is stored now; refused, with nothing written, when money to be taken again is not there.</returns>
    public static Result<OrderRow> Apply(UnitOfWork unit, OrderRow order, OrderTransition step, long now)
    {
        var settled = step.Settled;
        if (settled.Refund < Money.Zero && !unit.Accounts.TryDebit(order.ResellerId, -settled.Refund))
        {
            return OrderRefusal.NotEnoughToTake(order, -settled.Refund);
        }

        var after = order with
        {
            Status = settled.Status,
            Stage = OrderStage.Submitted,
            Version = order.Version + 1,
            Remains = settled.Remains,
            StartCount = step.StartCount,
            Refunded = order.Refunded + settled.Refund,
            CompletedAt = settled.Status == OrderStatus.Completed ? now : null,
            UpdatedAt = now,
        };
        unit.Orders.Move(order, after, step.Actor, step.Note);
        Book(unit, order, settled.Refund, now);
        if (OrderLifecycle.IsFinal(settled.Status))
        {
            Close(unit, order, now);
        }

        if (order.ParentId is { } parent)
        {
            DripFeedRuns.Follow(unit, parent, new(settled.Remains - order.Remains, settled.Refund), now);
        }

        return after;
    }

    /// <summary>Writes how far an order is: no move, no money.</summary>
    /// <returns>The order as it is stored now.</returns>
    public static OrderRow Progress(UnitOfWork unit, OrderRow order, long remains, long startCount, long now)
    {
        var after = order with { Remains = remains, StartCount = startCount, UpdatedAt = now };
        unit.Orders.Update(after);
        if (order.ParentId is { } parent)
        {
            DripFeedRuns.Follow(unit, parent, new(remains - order.Remains, Money.Zero), now);
        }

        return after;
    }

    private static void Book(UnitOfWork unit, OrderRow order, Money refund, long now)
    {
        if (refund == Money.Zero)
        {
            return;
        }

        if (refund > Money.Zero)
        {
            unit.Accounts.Credit(order.ResellerId, refund);
        }

        var transfer = refund > Money.Zero
            ? Transfer.Refund(order.Id, order.Version, order.ResellerId, refund, now)
            : Transfer.Reversal(order.Id, order.Version, order.ResellerId, -refund, now);
        unit.Accounts.Book(transfer);
        unit.SalesJournal.Refund(transfer);
    }

    /// <summary>
    /// What an order's end takes with it: the link is free again, an open cancel request is overtaken, and nothing more
    /// happens to it by itself.
    /// </summary>
    private static void Close(UnitOfWork unit, OrderRow order, long now)
    {
        unit.Orders.Close(order.Id, now);
        ManualReviews.End(unit, order.Id, EndWithOrder, "the order has ended", now);
        unit.Due.RemoveOfEnded(order.Id);
        if (order.Kind == OrderKind.Subscription)
        {
            unit.Due.Remove(WorkKind.Expiry, order.Id);
            unit.Due.RemoveAll(WorkKind.Post, order.Id);
            unit.Db.Posts.Where(row => row.OrderId == order.Id).ExecuteDelete();
        }
    }
}
