using System.Globalization;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Refills;

namespace PanelServer.Orders;

/// <summary>An end to put in the place of another.</summary>
/// <param name="Order">Which order.</param>
/// <param name="To">Completed, Partial or Canceled.</param>
/// <param name="Remains">What is undelivered; null keeps what is known.</param>
/// <param name="Reason">Why, for people.</param>
internal sealed record OrderCorrection(int Order, OrderStatus To, long? Remains, string Reason);

/// <summary>
/// Puts a final order right (docs/contract.md, "Lifecycle"): what is kept becomes what the new end is worth, by transfers
/// in either direction; nothing that was booked is changed.
/// </summary>
internal sealed class CorrectOrder(WriteQueue writes, TimeProvider clock)
{
    public Task<Result<OrderMoved>> RunAsync(ActorContext actor, OrderCorrection correction)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.RunAsync(actor, unit => Correct(unit, correction, now));
    }

    /// <summary>Corrects inside a unit.</summary>
    public static Result<OrderMoved> Correct(UnitOfWork unit, OrderCorrection correction, long now)
    {
        if (!WireText.IsLine(correction.Reason.Trim(), Limits.TextLength, Joiners.WhereTheyJoin))
        {
            return new Refusal("incorrect_text.reason", Limits.TextLength, HiddenCharacters.Describe(correction.Reason, Joiners.WhereTheyJoin));
        }

        if (unit.Orders.Find(correction.Order) is not { } order)
        {
            return OrderRefusal.Unknown(correction.Order);
        }

        if (order.Kind != OrderKind.Plain)
        {
            return OrderRefusal.HasRuns(order);
        }

        if ((OrderRefusal.Numbers(order, correction.Remains, startCount: null)
            ?? OrderRefusal.LeavesNothing(correction.To, correction.Remains)) is { } wrong)
        {
            return wrong;
        }

        var isEnd = correction.To is OrderStatus.Completed or OrderStatus.Partial or OrderStatus.Canceled;
        var settled = isEnd && OrderLifecycle.IsFinal(order.Status)
            ? Settlement.OfCorrection(correction.To, order.Charge, order.Refunded, order.Quantity, correction.Remains ?? order.Remains)
            : default;
        if (!OrderLifecycle.Plain.AllowsCorrection(order.Status, settled.Status)
            || (settled.Status, settled.Remains) == (order.Status, order.Remains))
        {
            return OrderRefusal.Correction(order, correction.To);
        }

        var step = new OrderTransition(settled, Actor.Operator) { StartCount = order.StartCount, Note = correction.Reason.Trim() };
        if (!OrderTransition.Apply(unit, order, step, now).Try(out var after, out var refusal))
        {
            return refusal;
        }

        var moved = OrderMoved.Between(order, after);
        RejectOpenRefills(unit, order.Id, now);
        Audit.WriteMoney(
            unit,
            now,
            "order correct",
            string.Create(CultureInfo.InvariantCulture, $"order {order.Id}"),
            $"{StatusNames.Of(moved.From)} → {StatusNames.Of(moved.To)}, paid back {moved.Refund}: {correction.Reason.Trim()}",
            moved.Refund,
            order.ResellerId);
        return moved;
    }

    /// <summary>Nothing is refilled of an order that was not completed after all.</summary>
    private static void RejectOpenRefills(UnitOfWork unit, int order, long now)
    {
        var open = unit.Db.Refills
            .Where(row => row.OrderId == order && (row.Status == RefillStatus.Pending || row.Status == RefillStatus.InProgress))
            .Select(row => row.Id)
            .ToList();
        foreach (var refill in open)
        {
            Refills.MoveRefill.Move(unit, refill, RefillStatus.Rejected, Actor.Operator, now);
        }
    }
}
