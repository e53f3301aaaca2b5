using System.Globalization;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Orders;

namespace PanelServer.Orders;

/// <summary>Refusals of moves, worded for an operator.</summary>
internal static class OrderRefusal
{
    public static Refusal Unknown(int order) =>
        new("unknown_order", string.Create(CultureInfo.InvariantCulture, $"there is no order {order}"));

    public static Refusal Move(OrderRow order, OrderStatus to)
    {
        var moves = OrderLifecycle.MovesFrom(order.Status);
        var way = moves.Count == 0 ? "it is final" : $"possible: {string.Join(", ", moves.Select(StatusNames.Of))}";
        return new(
            "illegal_move",
            string.Create(
                CultureInfo.InvariantCulture,
                $"order {order.Id} is {StatusNames.Of(order.Status)} and cannot become {StatusNames.Of(to)}; {way}"));
    }

    public static Refusal Remains(OrderRow order, long remains) =>
        new(
            "remains_out_of_range",
            string.Create(
                CultureInfo.InvariantCulture,
                $"order {order.Id}: remains must be within 0 and {order.Quantity}, not {remains}"));

    public static Refusal StartCount(OrderRow order, long startCount) =>
        new(
            "start_count_out_of_range",
            string.Create(CultureInfo.InvariantCulture, $"order {order.Id}: a start count must be 0 or more, not {startCount}"));
}
