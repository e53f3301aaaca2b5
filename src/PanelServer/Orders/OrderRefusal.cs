using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;

namespace PanelServer.Orders;

/// <summary>Refusals of moves.</summary>
internal static class OrderRefusal
{
    public static Refusal Unknown(int order) => new("unknown_order", order);

    public static Refusal Move(OrderRow order, OrderStatus to, Actor actor)
    {
        var (now, wanted) = (StatusNames.Of(order.Status), StatusNames.Of(to));
        if (OrderLifecycle.IsFinal(order.Status))
        {
            return new("illegal_move.final", order.Id, now, wanted);
        }

        var lifecycle = OrderLifecycle.Of(order.Kind);
        var moves = lifecycle.MovesFrom(order.Status).Where(next => lifecycle.Allows(order.Status, next, actor));
        return new("illegal_move", order.Id, now, wanted, string.Join(", ", moves.Select(StatusNames.Of)));
    }

    public static Refusal NoLonger(OrderRow order, OrderStatus from) =>
        new("illegal_move.no_longer", order.Id, StatusNames.Of(order.Status), StatusNames.Of(from));

    /// <summary>What is wrong with the numbers said about an order; null when nothing is.</summary>
    public static Refusal? Numbers(OrderRow order, long? remains, long? startCount) =>
        remains is { } left && (left < 0 || left > order.Quantity) ? new("remains_out_of_range", order.Id, order.Quantity, left)
        : startCount is { } count && count < 0 ? new("start_count_out_of_range", order.Id, count)
        : null;

    /// <summary>Completed is asked for together with remains above zero.</summary>
    public static Refusal? LeavesNothing(OrderStatus to, long? remains) =>
        to == OrderStatus.Completed && remains > 0 ? new("remains_out_of_range.completed", remains) : null;

    /// <summary>While nobody knows whether a provider has an order, moving it could pay for it twice; null when that is known.</summary>
    public static Refusal? WithProvider(OrderRow order, OpenSubmission? sending) => sending?.Outcome switch
    {
        SubmissionOutcome.UnderWay => new("being_sent", order.Id),
        SubmissionOutcome.Unknown => new("sending_unknown", order.Id),
        _ => null,
    };

    /// <summary>Many are moved at once, and a provider delivers this one.</summary>
    public static Refusal InHand(int order, string provider, string? upstreamId) =>
        upstreamId is null ? new("with_provider", order, provider) : new("with_provider.known_as", order, provider, upstreamId);

    /// <summary>Many are moved at once, and a provider delivers runs of this one.</summary>
    public static Refusal RunsInHand(int order) => new("with_provider.runs", order);

    public static Refusal HasRuns(OrderRow order) => new("has_children", order.Id);

    public static Refusal NoProgress(OrderRow order) => new("illegal_move.progress", order.Id, StatusNames.Of(order.Status));

    public static Refusal Correction(OrderRow order, OrderStatus to) => new(
        to == OrderStatus.Partial && OrderLifecycle.IsFinal(order.Status) ? "illegal_move.correct_remains" : "illegal_move.correct_end",
        order.Id,
        StatusNames.Of(order.Status),
        order.Remains,
        StatusNames.Of(to));

    public static Refusal NotEnoughToTake(OrderRow order, Money amount) => new("not_enough_funds.correction", order.Id, amount);
}
