using System.Globalization;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;

namespace PanelServer.Orders;

/// <summary>A move of an order to another state.</summary>
/// <param name="To">The state asked for; Partial may turn out as Completed or Canceled.</param>
/// <param name="Actor">Who makes it.</param>
internal sealed record OrderMove(OrderStatus To, Actor Actor)
{
    /// <summary>The state it must be in; null when any will do.</summary>
    public OrderStatus? From { get; init; }

    /// <summary>What is undelivered; null keeps what is known.</summary>
    public long? Remains { get; init; }

    /// <summary>The public counter when delivery started; null keeps what is known.</summary>
    public long? StartCount { get; init; }

    public string? Note { get; init; }

    /// <summary>The verb that an operator makes it by, for the audit; null takes the one that is named like the state.</summary>
    public string? Verb { get; init; }

    /// <summary>Whether it is made although a submission of the order is unknown: the operator reconciles it by this move.</summary>
    public bool ReconcilesUnknown { get; init; }
}

/// <summary>What a move came to.</summary>
/// <param name="Refund">What went back with it; below zero when a correction took so much again.</param>
internal sealed record OrderMoved(int Order, OrderStatus From, OrderStatus To, long Remains, Money Refund)
{
    /// <summary>The move between two states of an order.</summary>
    public static OrderMoved Between(OrderRow before, OrderRow after) =>
        new(after.Id, before.Status, after.Status, after.Remains, after.Refunded - before.Refunded);
}

/// <summary>
/// Moves an order through its lifecycle, pays back what is owed and writes down who did it, in one unit. Every actor's
/// word passes through here.
/// </summary>
internal sealed class MoveOrder(WriteQueue writes, TimeProvider clock)
{
    /// <summary>Moves an order, by its id.</summary>
    public Task<Result<OrderMoved>> RunAsync(ActorContext actor, int order, OrderMove move)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.RunAsync(actor, unit => Move(unit, order, move, now));
    }

    /// <summary>Says how far a running order is: no move, no money.</summary>
    /// <param name="id">Which order.</param>
    /// <param name="remains">What is undelivered; null keeps what is known.</param>
    /// <param name="startCount">The public counter when delivery started; null keeps what is known.</param>
    public Task<Result<OrderMoved>> ProgressAsync(ActorContext actor, int id, long? remains, long? startCount = null)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.RunAsync<Result<OrderMoved>>(actor, unit =>
        {
            if (unit.Orders.Find(id) is not { } before)
            {
                return OrderRefusal.Unknown(id);
            }

            if (!Progress(unit, before, remains, startCount, now).Try(out var order, out var refusal))
            {
                return refusal;
            }

            Audit.Write(
                unit,
                now,
                "order progress",
                string.Create(CultureInfo.InvariantCulture, $"order {id}"),
                string.Create(CultureInfo.InvariantCulture, $"remains {order.Remains}"));
            return OrderMoved.Between(before, order);
        });
    }

    /// <summary>Moves an order inside a unit, by its id.</summary>
    public static Result<OrderMoved> Move(UnitOfWork unit, int order, OrderMove move, long now)
    {
        if (unit.Orders.Find(order) is not { } before)
        {
            return OrderRefusal.Unknown(order);
        }

        return Move(unit, before, move, now).Try(out var after, out var refusal) ? OrderMoved.Between(before, after) : refusal;
    }

    /// <summary>Moves an order inside a unit that has read it; what an operator moves is audited.</summary>
    /// <returns>The order as it is stored now.</returns>
    public static Result<OrderRow> Move(UnitOfWork unit, OrderRow order, OrderMove move, long now)
    {
        var done = Apply(unit, order, move, now);
        if (move.Actor == Actor.Operator && done.Try(out var after, out _))
        {
            var moved = OrderMoved.Between(order, after);
            Audit.WriteMoney(
                unit,
                now,
                move.Verb ?? VerbOf(move.To),
                string.Create(CultureInfo.InvariantCulture, $"order {order.Id}"),
                string.Create(CultureInfo.InvariantCulture, $"{StatusNames.Of(moved.From)} → {StatusNames.Of(moved.To)}, remains {moved.Remains}"),
                moved.Refund,
                order.ResellerId);
        }

        return done;
    }

    /// <summary>Moves an order inside a unit that has read it and writes its own audit row.</summary>
    public static Result<OrderRow> Apply(UnitOfWork unit, OrderRow order, OrderMove move, long now)
    {
        if (move.From is { } from && order.Status != from)
        {
            return OrderRefusal.NoLonger(order, from);
        }

        if (order.Kind == OrderKind.DripFeed)
        {
            return move.To == OrderStatus.Canceled ? DripFeedRuns.Cancel(unit, order, move, now) : OrderRefusal.HasRuns(order);
        }

        if (!OrderLifecycle.Of(order.Kind).Allows(order.Status, move.To, move.Actor))
        {
            return OrderRefusal.Move(order, move.To, move.Actor);
        }

        if (OrderRefusal.Numbers(order, move.Remains, move.StartCount) is { } wrong)
        {
            return wrong;
        }

        var remains = move.Remains ?? order.Remains;
        var settled = OrderLifecycle.IsFinal(move.To) && order.Kind == OrderKind.Plain
            ? Settlement.Of(move.To, order.Charge, order.Refunded, order.Quantity, remains)
            : new Settlement(move.To, remains, Money.Zero);

        // An operator who takes an order in hand takes it from the provider.
        if (move.Actor == Actor.Operator)
        {
            var live = unit.Submissions.Live(SubmissionKind.Order, order.Id);
            if (!(move.ReconcilesUnknown && live?.Outcome == SubmissionOutcome.Unknown) && OrderRefusal.WithProvider(order, live) is { } sent)
            {
                return sent;
            }

            unit.Due.TakeFromProvider(order.Id);
        }

        return OrderTransition.Apply(
            unit,
            order,
            new(settled, move.Actor) { StartCount = move.StartCount ?? order.StartCount, Note = move.Note },
            now);
    }

    private static string VerbOf(OrderStatus to) => to switch
    {
        OrderStatus.Processing => "order take",
        OrderStatus.InProgress => "order start",
        OrderStatus.Completed => "order complete",
        OrderStatus.Partial => "order partial",
        _ => "order cancel",
    };

    /// <summary>Says inside a unit how far a running order is.</summary>
    /// <returns>The order as it is stored now.</returns>
    public static Result<OrderRow> Progress(UnitOfWork unit, OrderRow order, long? remains, long? startCount, long now)
    {
        if (order.Kind != OrderKind.Plain)
        {
            return OrderRefusal.HasRuns(order);
        }

        if (order.Status is not (OrderStatus.Processing or OrderStatus.InProgress))
        {
            return OrderRefusal.NoProgress(order);
        }

        if (OrderRefusal.Numbers(order, remains, startCount) is { } wrong)
        {
            return wrong;
        }

        return OrderTransition.Progress(unit, order, remains ?? order.Remains, startCount ?? order.StartCount, now);
    }
}
