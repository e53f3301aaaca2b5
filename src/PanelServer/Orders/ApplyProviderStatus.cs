using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;

namespace PanelServer.Orders;

/// <summary>What a provider says about an order. Its numbers may be anything.</summary>
/// <param name="Status">The state it is in, as the provider says.</param>
/// <param name="Remains">What is undelivered; null keeps what is known.</param>
/// <param name="StartCount">The public counter when delivery started; null keeps what is known.</param>
internal sealed record ProviderStatusReport(OrderStatus Status, long? Remains, long? StartCount);

/// <summary>
/// Applies the status that a provider reports (docs/contract.md, "Lifecycle"). A step forward is made, the same report again
/// changes nothing, and an impossible one (back, or away from an end) moves no money: a manual review is opened.
/// </summary>
internal sealed class ApplyProviderStatus(WriteQueue writes, TimeProvider clock)
{
    /// <summary>Applies a report to an order, by its id.</summary>
    /// <returns>The state of the order after it.</returns>
    public Task<OrderStatus> RunAsync(ActorContext actor, int order, ProviderStatusReport report)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.RunAsync(actor, unit => Apply(
            unit,
            unit.Orders.Find(order) ?? throw new InvalidOperationException("a provider reports on orders that exist"),
            report,
            now).Status);
    }

    /// <summary>Applies a report inside a unit that has read the order.</summary>
    /// <returns>The order as it is stored now.</returns>
    /// <exception cref="InvalidOperationException">No provider has this order.</exception>
    public static OrderRow Apply(UnitOfWork unit, OrderRow order, ProviderStatusReport report, long now)
    {
        if (order.Kind != OrderKind.Plain)
        {
            throw new InvalidOperationException("a provider reports on orders that were given to it");
        }

        var remains = Math.Clamp(report.Remains ?? order.Remains, 0, order.Quantity);
        var startCount = Math.Max(report.StartCount ?? order.StartCount, 0);
        if (OrderLifecycle.Plain.Allows(order.Status, report.Status, Actor.Provider))
        {
            var move = new OrderMove(report.Status, Actor.Provider) { Remains = remains, StartCount = startCount };
            EndReview(unit, order.Id, report, now);
            return MoveOrder.Move(unit, order, move, now).Try(out var moved, out var refusal)
                ? moved
                : throw new InvalidOperationException(refusal.Code);
        }

        if (IsSame(order, report.Status, remains))
        {
            EndReview(unit, order.Id, report, now);
            return OrderLifecycle.IsFinal(order.Status) || (remains, startCount) == (order.Remains, order.StartCount)
                ? order
                : OrderTransition.Progress(unit, order, remains, startCount, now);
        }

        ManualReviews.Open(
            unit,
            order.Id,
            ReviewKind.State,
            new("review.state", StatusNames.Of(report.Status), report.Remains ?? (object)new Phrase("not_given"), StatusNames.Of(order.Status), order.Remains),
            now);
        return order;
    }

    /// <summary>An impossible report opened the review; this one is possible.</summary>
    private static void EndReview(UnitOfWork unit, int order, ProviderStatusReport report, long now) =>
        ManualReviews.End(unit, order, [ReviewKind.State], $"the provider says {StatusNames.Of(report.Status)}", now);

    /// <summary>Whether a report only repeats what the order is; an end as Partial may be known as Completed or Canceled.</summary>
    private static bool IsSame(OrderRow order, OrderStatus said, long remains) => order.Status switch
    {
        OrderStatus.Completed => said == OrderStatus.Completed || (said == OrderStatus.Partial && remains == 0),
        OrderStatus.Partial => said == OrderStatus.Partial && remains == order.Remains,
        OrderStatus.Canceled => said == OrderStatus.Canceled || (said == OrderStatus.Partial && remains == order.Quantity),
        _ => said == order.Status,
    };
}
