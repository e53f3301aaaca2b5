using System.Globalization;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Orders;

namespace PanelServer.Sandbox.Control;

/// <summary><c>/sandbox/orders</c>: plays the provider for one order. What was played leaves its script.</summary>
internal sealed class OrderControl(WriteQueue writes, TimeProvider clock)
{
    private static readonly OrderStatus[] States =
        [.. Enum.GetValues<OrderStatus>().Where(status => OrderLifecycle.Plain.Moves.Any(move => move.From == status || move.To == status))];

    public async Task<ControlAnswer> PlayAsync(ControlRequest request)
    {
        var body = request.Body;
        var (status, startCount, remains) = (body.Word("status", States, StatusNames.Of), body.Integer("start_count"), body.Integer("remains"));
        if (body.End() is { } wrong)
        {
            return wrong;
        }

        if (!TryId(request.Name, out var id, out var unknown))
        {
            return unknown;
        }

        if (status is null && startCount is null && remains is null)
        {
            return new Refusal("control", "give status, start_count or remains");
        }

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return await writes.RunAsync(request.Actor, unit => Play(unit, new(id, status, remains, startCount), now));
    }

    /// <summary>The order that a path names; says that there is none when it is no number.</summary>
    public static bool TryId(string name, out int id, out Refusal unknown)
    {
        unknown = new("unknown_order", ControlBody.Shown(name));
        return WireText.TryId(name, out id);
    }

    /// <summary>What an order is, as the answer to the caller who played its provider.</summary>
    public static ControlAnswer StateOf(OrderRow order) => ControlAnswer.Done(new
    {
        order.Id,
        Status = StatusNames.Of(order.Status),
        order.StartCount,
        order.Remains,
        Charge = (order.Charge - order.Refunded).ToString(),
    });

    private static ControlAnswer Play(UnitOfWork unit, PlayedWord word, long now)
    {
        if (unit.Orders.Find(word.Order) is not { } order)
        {
            return OrderRefusal.Unknown(word.Order);
        }

        if (order.Kind != OrderKind.Plain)
        {
            return IsParent(order);
        }

        if (word.Status is { } end && OrderRefusal.LeavesNothing(end, word.Remains) is { } contradiction)
        {
            return contradiction;
        }

        // The same running state again says how far it is; any other must be a move.
        var played = word.Status is { } to && !(to == order.Status && order.Status is OrderStatus.Processing or OrderStatus.InProgress)
            ? MoveOrder.Move(unit, order, new(to, Actor.Provider) { Remains = word.Remains, StartCount = word.StartCount }, now)
            : MoveOrder.Progress(unit, order, word.Remains, word.StartCount, now);
        if (!played.Try(out var after, out var refusal))
        {
            return refusal;
        }

        unit.Due.Remove(WorkKind.Order, order.Id);
        return StateOf(after);
    }

    private static Refusal IsParent(OrderRow order) => new(
        "control",
        string.Create(
            CultureInfo.InvariantCulture,
            $"order {order.Id} is a {(order.Kind == OrderKind.DripFeed ? "drip-feed" : "subscription")}: its provider knows only its children, which action=status lists as orders; play those, or cancel it by action=cancel"));

    private sealed record PlayedWord(int Order, OrderStatus? Status, long? Remains, long? StartCount);
}
