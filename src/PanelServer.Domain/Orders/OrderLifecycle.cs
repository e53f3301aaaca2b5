using static PanelServer.Domain.Orders.OrderStatus;

namespace PanelServer.Domain.Orders;

/// <summary>Who makes a move.</summary>
public enum Actor
{
    Reseller = 0,
    Operator = 1,
    Provider = 2,
    Timer = 3,
}

/// <summary>Every move an order may make (docs/contract.md, "Lifecycle"). A move that is not listed here does not exist.</summary>
public static class OrderLifecycle
{
    /// <summary>The moves whoever fulfils an order may make; corrections of final orders are not moves.</summary>
    public static IReadOnlyList<OrderStatus> MovesFrom(OrderStatus status) => status switch
    {
        Pending => [Processing, InProgress, Completed, Partial, Canceled],
        Processing => [InProgress, Completed, Partial, Canceled],
        InProgress => [Processing, Completed, Partial, Canceled],
        Completed => [],
        Partial => [],
        Canceled => [],
        Active => [Paused, Completed, Expired, Canceled],
        Paused => [Active, Completed, Expired, Canceled],
        Expired => [],
    };

    /// <summary>Whether this actor may make this move.</summary>
    public static bool Allows(OrderStatus from, OrderStatus to, Actor actor) =>
        MovesFrom(from).Contains(to) && actor switch
        {
            // Going back is a person's judgement. A reseller's own word cancels only what nobody works on.
            Actor.Operator => true,
            Actor.Provider or Actor.Timer => (from, to) != (InProgress, Processing),
            Actor.Reseller => to == Canceled && from is (Pending or Active or Paused),
        };

    /// <summary>No further move: the money is settled.</summary>
    public static bool IsFinal(OrderStatus status) => MovesFrom(status).Count == 0;

    /// <summary>Whether it is a subscription parent's own state.</summary>
    public static bool IsOfSubscription(OrderStatus status) => status is Active or Paused or Expired;
}
