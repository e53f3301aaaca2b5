using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Jobs;

namespace PanelServer.Orders;

/// <summary>What a run's step changes of its parent.</summary>
/// <param name="Remains">By how much more, or less, remains.</param>
/// <param name="Refund">What went back for the run; below zero when it was taken again.</param>
internal readonly record struct RunChange(long Remains, Money Refund);

/// <summary>
/// The runs of a drip-feed (docs/contract.md, "Drip-feed"): each becomes a child order when it is due, and the parent
/// follows its children.
/// </summary>
internal sealed class DripFeedRuns(PlaceOrder placeOrder, CurrentLinkBlocks blocks) : IJob
{
    /// <summary>Starts the next run.</summary>
    public long? Run(UnitOfWork unit, ScheduledWork due, long now)
    {
        var parent = unit.Orders.Find(due.Order)!;
        var drip = DripOf(parent);
        var run = Started(unit, parent.Id);
        if (OrderLifecycle.IsFinal(parent.Status) || run >= drip.Runs)
        {
            return null;
        }

        if (HeldOrders.HoldIfBlocked(unit, parent, blocks.Get(), now))
        {
            return due.At;
        }

        if (parent.Status == OrderStatus.Pending)
        {
            parent = OrderTransition.Apply(unit, parent, Step(parent, OrderStatus.InProgress, Money.Zero, Actor.Timer), now).Value;
        }

        placeOrder.PlaceRun(unit, parent, drip, run, now);
        return run + 1 < drip.Runs ? due.At + drip.Interval : null;
    }

    /// <summary>
    /// Cancels a parent: what has not run goes back at once, and by an operator's word the runs that are under way are
    /// canceled too. A reseller asks for those like for any other order.
    /// </summary>
    public static Result<OrderRow> Cancel(UnitOfWork unit, OrderRow parent, OrderMove move, long now)
    {
        var lifecycle = OrderLifecycle.DripFeed;
        var isPending = parent.Status == OrderStatus.Pending;
        if (!lifecycle.Allows(parent.Status, isPending ? OrderStatus.Canceled : OrderStatus.InProgress, move.Actor))
        {
            return OrderRefusal.Move(parent, move.To, move.Actor);
        }

        if (isPending)
        {
            return OrderTransition.Apply(unit, parent, Step(parent, OrderStatus.Canceled, parent.Charge, move.Actor), now);
        }

        var (current, rest) = DropRest(unit, parent, move.Actor, now);
        var runs = move.Actor == Actor.Operator ? OpenRuns(unit, parent.Id) : [];
        var moved = 0;
        foreach (var run in runs)
        {
            moved += MoveOrder.Move(unit, run, move with { From = null }, now).Refusal is null ? 1 : 0;
        }

        // Each run that ends writes its parent, so what was read of it before is out of date.
        var after = Write(unit, runs.Count == 0 ? current : unit.Orders.Find(parent.Id)!, now);
        return moved == 0 && rest == Money.Zero && after.Version == parent.Version ? OrderRefusal.Move(parent, move.To, move.Actor) : after;
    }

    /// <summary>The runs of a parent that have not ended.</summary>
    public static List<OrderRow> OpenRuns(UnitOfWork unit, int parent) =>
        [.. unit.Db.Orders.Where(row => row.ParentId == parent && row.Status < OrderStatus.Completed).OrderBy(row => row.Id)];

    /// <summary>Lets a parent follow what one of its runs did; a subscription does not follow its children.</summary>
    public static void Follow(UnitOfWork unit, int id, RunChange change, long now)
    {
        var parent = unit.Orders.Find(id)!;
        if (parent.Kind != OrderKind.DripFeed)
        {
            return;
        }

        Write(
            unit,
            parent with { Remains = parent.Remains + change.Remains, Refunded = parent.Refunded + change.Refund },
            now);
    }

    /// <summary>Pays back what has not run, once.</summary>
    /// <returns>The parent after it, and what went back: zero when everything has run, or it was done before.</returns>
    private static (OrderRow Parent, Money PaidBack) DropRest(UnitOfWork unit, OrderRow parent, Actor actor, long now)
    {
        if (!unit.Due.Remove(WorkKind.Run, parent.Id))
        {
            return (parent, Money.Zero);
        }

        var rest = DripFeedShare.From(parent.Charge, DripOf(parent).Runs, Started(unit, parent.Id));
        var after = OrderTransition.Apply(
            unit,
            parent,
            Step(parent, OrderStatus.InProgress, rest, actor) with { Note = "runs not started are canceled" },
            now);
        return (after.Value, rest);
    }

    /// <summary>
    /// Writes what a parent has become. One whose runs have all ended, and of which no other will start, ends with them;
    /// one that had ended takes the end that its corrected runs give it.
    /// </summary>
    /// <returns>The parent as it is stored now.</returns>
    private static OrderRow Write(UnitOfWork unit, OrderRow parent, long now)
    {
        if (EndOf(unit, parent) is { } end && end != parent.Status)
        {
            var actor = OrderLifecycle.IsFinal(parent.Status) ? Actor.Operator : Actor.Timer;
            return OrderTransition.Apply(unit, parent, Step(parent, end, Money.Zero, actor) with { Note = "follows its runs" }, now).Value;
        }

        var after = parent with { UpdatedAt = now };
        unit.Orders.Update(after);
        return after;
    }

    /// <summary>The end that a parent's runs give it; null while one is under way or still to start.</summary>
    private static OrderStatus? EndOf(UnitOfWork unit, OrderRow parent)
    {
        if (unit.Due.IsSet(WorkKind.Run, parent.Id))
        {
            return null;
        }

        var runs = unit.Orders.Children(parent.Id);
        return runs.Count > 0 && runs.All(OrderLifecycle.IsFinal) ? DripOf(parent).EndOf(runs) : null;
    }

    private static OrderTransition Step(OrderRow parent, OrderStatus to, Money refund, Actor actor) =>
        new(new Settlement(to, parent.Remains, refund), actor) { StartCount = parent.StartCount };

    private static DripFeed DripOf(OrderRow parent) => new(parent.Runs!.Value, parent.IntervalMinutes!.Value);

    private static int Started(UnitOfWork unit, int parent) => unit.Orders.Children(parent).Count;
}
