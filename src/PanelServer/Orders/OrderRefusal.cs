using System.Globalization;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;

namespace PanelServer.Orders;

/// <summary>Refusals of moves, worded for an operator.</summary>
internal static class OrderRefusal
{
    public static Refusal Unknown(int order) =>
        new("unknown_order", string.Create(CultureInfo.InvariantCulture, $"there is no order {order}"));

    public static Refusal Move(OrderRow order, OrderStatus to, Actor actor)
    {
        var lifecycle = OrderLifecycle.Of(order.Kind);
        var moves = lifecycle.MovesFrom(order.Status).Where(next => lifecycle.Allows(order.Status, next, actor));
        var way = OrderLifecycle.IsFinal(order.Status) ? "it is final" : $"possible: {string.Join(", ", moves.Select(StatusNames.Of))}";
        return new(
            "illegal_move",
            string.Create(
                CultureInfo.InvariantCulture,
                $"order {order.Id} is {StatusNames.Of(order.Status)} and cannot become {StatusNames.Of(to)}; {way}"));
    }

    public static Refusal NoLonger(OrderRow order, OrderStatus from) =>
        new(
            "illegal_move",
            string.Create(CultureInfo.InvariantCulture, $"order {order.Id} is {StatusNames.Of(order.Status)} by now, no longer {StatusNames.Of(from)}"));

    /// <summary>What is wrong with the numbers said about an order; null when nothing is.</summary>
    public static Refusal? Numbers(OrderRow order, long? remains, long? startCount) =>
        remains is { } left && (left < 0 || left > order.Quantity) ? Remains(order, left)
        : startCount is { } count && count < 0 ? StartCount(order, count)
        : null;

    /// <summary>Somebody says in one breath that all was delivered, and that something was not.</summary>
    public static Refusal? LeavesNothing(OrderStatus to, long? remains) => to == OrderStatus.Completed && remains > 0
        ? new("remains_out_of_range", string.Create(CultureInfo.InvariantCulture, $"Completed leaves nothing: remains must be 0, not {remains}; say Partial instead"))
        : null;

    /// <summary>While nobody knows whether a provider has an order, moving it could pay for it twice; null when that is known.</summary>
    public static Refusal? WithProvider(OrderRow order, OpenSubmission? sending) => sending?.Outcome switch
    {
        SubmissionOutcome.UnderWay => new(
            "being_sent",
            string.Create(CultureInfo.InvariantCulture, $"order {order.Id} is being sent to a provider at this moment; try again in a minute")),
        SubmissionOutcome.Unknown => new(
            "sending_unknown",
            string.Create(
                CultureInfo.InvariantCulture,
                $"a provider may have order {order.Id}: see `panelserver review show {order.Id}`, then link, resend or refund it by `panelserver review`")),
        _ => null,
    };

    /// <summary>Many are moved at once, and a provider delivers this one.</summary>
    public static Refusal InHand(int order, string who, string? upstreamId) =>
        new(
            "with_provider",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{who} has order {order} in hand{(upstreamId is null ? "" : $" as {upstreamId}")}, and may go on delivering it: left out; --with-provider moves it all the same"));

    public static Refusal HasRuns(OrderRow order) =>
        new(
            "has_children",
            string.Create(
                CultureInfo.InvariantCulture,
                $"order {order.Id} is worked off by its children, which are listed by order show {order.Id}: move those, or cancel it whole"));

    public static Refusal NoProgress(OrderRow order) =>
        new(
            "illegal_move",
            string.Create(CultureInfo.InvariantCulture, $"order {order.Id} is {StatusNames.Of(order.Status)}: only a running order makes progress"));

    public static Refusal Correction(OrderRow order, OrderStatus to) =>
        new(
            "illegal_move",
            string.Create(
                CultureInfo.InvariantCulture,
                $"order {order.Id} is {StatusNames.Of(order.Status)}, remains {order.Remains}: it cannot be corrected to {StatusNames.Of(to)}; {CorrectionWay(order, to)}"));

    public static Refusal NotEnoughToTake(OrderRow order, Money amount) =>
        new(
            "not_enough_funds",
            string.Create(
                CultureInfo.InvariantCulture,
                $"order {order.Id}: {amount} would have to be taken again, and the reseller's balance is lower; take a deposit first"));

    private static string CorrectionWay(OrderRow order, OrderStatus to) =>
        to == OrderStatus.Partial && OrderLifecycle.IsFinal(order.Status)
            ? "say by --remains what else is undelivered"
            : "only an end is corrected, into another end";

    private static Refusal Remains(OrderRow order, long remains) =>
        new(
            "remains_out_of_range",
            string.Create(
                CultureInfo.InvariantCulture,
                $"order {order.Id}: remains must be within 0 and {order.Quantity}, not {remains}"));

    private static Refusal StartCount(OrderRow order, long startCount) =>
        new(
            "start_count_out_of_range",
            string.Create(CultureInfo.InvariantCulture, $"order {order.Id}: a start count must be 0 or more, not {startCount}"));
}
