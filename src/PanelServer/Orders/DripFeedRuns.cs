using PanelServer.Data;
using PanelServer.Data.Engines.Sqlite;
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
    public long? Run(Writer writer, ScheduledWork due, long now)
    {
        var parent = writer.Orders.Find(due.Order)!;
        var drip = DripOf(parent);
        var run = Started(writer, parent.Id);
        if (OrderLifecycle.IsFinal(parent.Status) || run >= drip.Runs)
        {
            return null;
        }

        if (HeldOrders.HoldIfBlocked(writer, parent, blocks.Get(), now))
        {
            return due.At;
        }

        if (parent.Status == OrderStatus.Pending)
        {
            OrderTransition.Apply(writer, parent, Step(parent, OrderStatus.InProgress, Money.Zero, Actor.Timer), now);
        }

        placeOrder.PlaceRun(writer, parent, drip, run, now);
        return run + 1 < drip.Runs ? due.At + drip.Interval : null;
    }

    /// <summary>
    /// Cancels a parent: what has not run goes back at once, and by an operator's word the runs that are under way are
    /// canceled too. A reseller asks for those like for any other order.
    /// </summary>
    public static Result<OrderMoved> Cancel(Writer writer, OrderRow parent, OrderMove move, long now)
    {
        var lifecycle = OrderLifecycle.DripFeed;
        var isPending = parent.Status == OrderStatus.Pending;
        if (!lifecycle.Allows(parent.Status, isPending ? OrderStatus.Canceled : OrderStatus.InProgress, move.Actor))
        {
            return OrderRefusal.Move(parent, move.To, move.Actor);
        }

        if (isPending)
        {
            return OrderTransition.Apply(writer, parent, Step(parent, OrderStatus.Canceled, parent.Charge, move.Actor), now);
        }

        var rest = DropRest(writer, parent, move.Actor, now);
        if (move.Actor == Actor.Operator)
        {
            foreach (var child in OpenRuns(writer, parent.Id))
            {
                MoveOrder.Move(writer, move with { Order = child, From = null }, now);
            }
        }

        Write(writer, writer.Orders.Find(parent.Id)!, now);
        var after = writer.Orders.Find(parent.Id)!;
        return rest == Money.Zero && after.Version == parent.Version
            ? OrderRefusal.Move(parent, move.To, move.Actor)
            : new OrderMoved(parent.Id, parent.Status, after.Status, after.Remains, after.Refunded - parent.Refunded);
    }

    /// <summary>The runs of a parent that have not ended.</summary>
    public static List<int> OpenRuns(Writer writer, int parent) =>
        [.. writer.Db.Orders
            .Where(row => row.ParentId == parent && row.Status < OrderStatus.Completed)
            .OrderBy(row => row.Id)
            .Select(row => row.Id)];

    /// <summary>Lets a parent follow what one of its runs did; a subscription does not follow its children.</summary>
    public static void Follow(Writer writer, int id, RunChange change, long now)
    {
        var parent = writer.Orders.Find(id)!;
        if (parent.Kind != OrderKind.DripFeed)
        {
            return;
        }

        Write(
            writer,
            parent with { Remains = parent.Remains + change.Remains, Refunded = parent.Refunded + change.Refund },
            now);
    }

    /// <summary>Pays back what has not run, once.</summary>
    /// <returns>What went back; zero when everything has run, or it was done before.</returns>
    private static Money DropRest(Writer writer, OrderRow parent, Actor actor, long now)
    {
        if (!writer.Due.Remove(WorkKind.Run, parent.Id))
        {
            return Money.Zero;
        }

        var rest = DripOf(parent).ShareFrom(parent.Charge, Started(writer, parent.Id));
        OrderTransition.Apply(
            writer,
            parent,
            Step(parent, OrderStatus.InProgress, rest, actor) with { Note = "runs not started are canceled" },
            now);
        return rest;
    }

    /// <summary>
    /// Writes what a parent has become. One whose runs have all ended, and of which no other will start, ends with them;
    /// one that had ended takes the end that its corrected runs give it.
    /// </summary>
    private static void Write(Writer writer, OrderRow parent, long now)
    {
        if (EndOf(writer, parent) is { } end && end != parent.Status)
        {
            var actor = OrderLifecycle.IsFinal(parent.Status) ? Actor.Operator : Actor.Timer;
            OrderTransition.Apply(writer, parent, Step(parent, end, Money.Zero, actor) with { Note = "follows its runs" }, now);
            return;
        }

        writer.Orders.Update(parent, now);
    }

    /// <summary>The end that a parent's runs give it; null while one is under way or still to start.</summary>
    private static OrderStatus? EndOf(Writer writer, OrderRow parent)
    {
        if (writer.Due.IsSet(WorkKind.Run, parent.Id))
        {
            return null;
        }

        var runs = writer.Orders.Children(parent.Id);
        return runs.Count > 0 && runs.All(OrderLifecycle.IsFinal) ? DripOf(parent).EndOf(runs) : null;
    }

    private static OrderTransition Step(OrderRow parent, OrderStatus to, Money refund, Actor actor) =>
        new(new Settlement(to, parent.Remains, refund), actor) { StartCount = parent.StartCount };

    private static DripFeed DripOf(OrderRow parent) => new(parent.Runs!.Value, parent.IntervalMinutes!.Value);

    private static int Started(Writer writer, int parent) => writer.Orders.Children(parent).Count;
}
