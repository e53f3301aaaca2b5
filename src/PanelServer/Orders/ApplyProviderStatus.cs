using System.Globalization;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;

namespace PanelServer.Orders;

/// <summary>What a provider says about an order. Its numbers may be anything.</summary>
/// <param name="Order">Which order.</param>
/// <param name="Status">The state it is in, as the provider says.</param>
/// <param name="Remains">What is undelivered; null keeps what is known.</param>
/// <param name="StartCount">The public counter when delivery started; null keeps what is known.</param>
internal sealed record ProviderStatusReport(int Order, OrderStatus Status, long? Remains, long? StartCount);

/// <summary>
/// Takes a provider's word on an order (docs/contract.md, "Lifecycle"). A step forward is made, the same word again says
/// nothing new, and one that cannot be (back, or away from an end) moves no money: a person looks at it.
/// </summary>
internal sealed class ApplyProviderStatus(WriteQueue writes, TimeProvider clock)
{
    /// <returns>What the order is after the word.</returns>
    public Task<OrderStatus> RunAsync(ActorContext actor, ProviderStatusReport word)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.RunAsync(actor, unit => Hear(unit, word, now));
    }

    /// <summary>Takes a word inside a unit.</summary>
    /// <exception cref="InvalidOperationException">No provider has this order.</exception>
    public static OrderStatus Hear(UnitOfWork unit, ProviderStatusReport word, long now)
    {
        var order = unit.Orders.Find(word.Order);
        if (order is not { Kind: OrderKind.Plain })
        {
            throw new InvalidOperationException("a provider speaks of orders that were given to it");
        }

        var remains = Math.Clamp(word.Remains ?? order.Remains, 0, order.Quantity);
        var startCount = Math.Max(word.StartCount ?? order.StartCount, 0);
        if (OrderLifecycle.Plain.Allows(order.Status, word.Status, Actor.Provider))
        {
            var move = new OrderMove(order.Id, word.Status, Actor.Provider) { Remains = remains, StartCount = startCount };
            EndReview(unit, word, now);
            return MoveOrder.Move(unit, move, now).Try(out var moved, out var refusal)
                ? moved.To
                : throw new InvalidOperationException(refusal.Text);
        }

        if (IsSame(order, word.Status, remains))
        {
            EndReview(unit, word, now);
            if (!OrderLifecycle.IsFinal(order.Status) && (remains, startCount) != (order.Remains, order.StartCount))
            {
                OrderTransition.Progress(unit, order, remains, startCount, now);
            }
        }
        else
        {
            ManualReviews.Open(
                unit,
                order.Id,
                ReviewKind.State,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the provider says {StatusNames.Of(word.Status)}, remains {word.Remains?.ToString(CultureInfo.InvariantCulture) ?? "not given"}; the order is {StatusNames.Of(order.Status)}, remains {order.Remains}"),
                now);
        }

        return order.Status;
    }

    /// <summary>What it said before could not be; what it says now can.</summary>
    private static void EndReview(UnitOfWork unit, ProviderStatusReport word, long now) =>
        ManualReviews.End(unit, word.Order, [ReviewKind.State], $"the provider says {StatusNames.Of(word.Status)}", now);

    /// <summary>Whether a word only repeats what the order is; an end as Partial may be known as Completed or Canceled.</summary>
    private static bool IsSame(OrderRow order, OrderStatus said, long remains) => order.Status switch
    {
        OrderStatus.Completed => said == OrderStatus.Completed || (said == OrderStatus.Partial && remains == 0),
        OrderStatus.Partial => said == OrderStatus.Partial && remains == order.Remains,
        OrderStatus.Canceled => said == OrderStatus.Canceled || (said == OrderStatus.Partial && remains == order.Quantity),
        _ => said == order.Status,
    };
}
