using PanelServer.Domain.Lifecycles;

namespace PanelServer.Domain.Orders;

/// <summary>The lifecycle of each kind of order (docs/contract.md, "Lifecycle").</summary>
public static class OrderLifecycle
{
    /// <summary>Of an order that is delivered as one piece.</summary>
    public static readonly Lifecycle<OrderStatus> Plain = new(
    [
        new(OrderStatus.Pending, OrderStatus.Processing, MoneyEffect.None, [Actor.Operator, Actor.Provider]),
        new(OrderStatus.Pending, OrderStatus.InProgress, MoneyEffect.None, [Actor.Operator, Actor.Provider]),
        new(OrderStatus.Pending, OrderStatus.Completed, MoneyEffect.None, [Actor.Operator, Actor.Provider]),
        new(OrderStatus.Pending, OrderStatus.Partial, MoneyEffect.PaysBackRemains, [Actor.Operator, Actor.Provider]),

        // A reseller's own word cancels only what is queued.
        new(OrderStatus.Pending, OrderStatus.Canceled, MoneyEffect.PaysBackAll, [Actor.Reseller, Actor.Operator, Actor.Provider]),

        new(OrderStatus.Processing, OrderStatus.InProgress, MoneyEffect.None, [Actor.Operator, Actor.Provider]),
        new(OrderStatus.Processing, OrderStatus.Completed, MoneyEffect.None, [Actor.Operator, Actor.Provider]),
        new(OrderStatus.Processing, OrderStatus.Partial, MoneyEffect.PaysBackRemains, [Actor.Operator, Actor.Provider]),
        new(OrderStatus.Processing, OrderStatus.Canceled, MoneyEffect.PaysBackAll, [Actor.Operator, Actor.Provider]),

        // Going back is a person's judgement.
        new(OrderStatus.InProgress, OrderStatus.Processing, MoneyEffect.None, [Actor.Operator]),
        new(OrderStatus.InProgress, OrderStatus.Completed, MoneyEffect.None, [Actor.Operator, Actor.Provider]),
        new(OrderStatus.InProgress, OrderStatus.Partial, MoneyEffect.PaysBackRemains, [Actor.Operator, Actor.Provider]),
        new(OrderStatus.InProgress, OrderStatus.Canceled, MoneyEffect.PaysBackAll, [Actor.Operator, Actor.Provider]),

        new(OrderStatus.Completed, OrderStatus.Partial, MoneyEffect.Corrects, [Actor.Operator]),
        new(OrderStatus.Completed, OrderStatus.Canceled, MoneyEffect.Corrects, [Actor.Operator]),
        new(OrderStatus.Partial, OrderStatus.Completed, MoneyEffect.Corrects, [Actor.Operator]),
        new(OrderStatus.Partial, OrderStatus.Partial, MoneyEffect.Corrects, [Actor.Operator]),
        new(OrderStatus.Partial, OrderStatus.Canceled, MoneyEffect.Corrects, [Actor.Operator]),
        new(OrderStatus.Canceled, OrderStatus.Completed, MoneyEffect.Corrects, [Actor.Operator]),
        new(OrderStatus.Canceled, OrderStatus.Partial, MoneyEffect.Corrects, [Actor.Operator]),
    ]);

    /// <summary>Of a drip-feed parent: it follows its runs, and people can only cancel what has not run.</summary>
    public static readonly Lifecycle<OrderStatus> DripFeed = new(
    [
        new(OrderStatus.Pending, OrderStatus.InProgress, MoneyEffect.None, [Actor.Timer]),
        new(OrderStatus.Pending, OrderStatus.Canceled, MoneyEffect.PaysBackAll, [Actor.Reseller, Actor.Operator]),
        new(OrderStatus.InProgress, OrderStatus.InProgress, MoneyEffect.PaysBackRest, [Actor.Reseller, Actor.Operator]),
        new(OrderStatus.InProgress, OrderStatus.Completed, MoneyEffect.None, [Actor.Timer]),
        new(OrderStatus.InProgress, OrderStatus.Partial, MoneyEffect.None, [Actor.Timer]),
        new(OrderStatus.InProgress, OrderStatus.Canceled, MoneyEffect.None, [Actor.Timer]),

        // A parent is corrected by correcting its runs; the money moves there.
        new(OrderStatus.Completed, OrderStatus.Partial, MoneyEffect.Corrects, [Actor.Operator]),
        new(OrderStatus.Completed, OrderStatus.Canceled, MoneyEffect.Corrects, [Actor.Operator]),
        new(OrderStatus.Partial, OrderStatus.Completed, MoneyEffect.Corrects, [Actor.Operator]),
        new(OrderStatus.Partial, OrderStatus.Canceled, MoneyEffect.Corrects, [Actor.Operator]),
        new(OrderStatus.Canceled, OrderStatus.Completed, MoneyEffect.Corrects, [Actor.Operator]),
        new(OrderStatus.Canceled, OrderStatus.Partial, MoneyEffect.Corrects, [Actor.Operator]),
    ]);

    /// <summary>Of a subscription parent; its children carry the money.</summary>
    public static readonly Lifecycle<OrderStatus> Subscription = new(
    [
        new(OrderStatus.Active, OrderStatus.Paused, MoneyEffect.None, [Actor.Timer]),
        new(OrderStatus.Active, OrderStatus.Completed, MoneyEffect.None, [Actor.Timer]),
        new(OrderStatus.Active, OrderStatus.Expired, MoneyEffect.None, [Actor.Timer]),
        new(OrderStatus.Active, OrderStatus.Canceled, MoneyEffect.None, [Actor.Reseller, Actor.Operator]),
        new(OrderStatus.Paused, OrderStatus.Active, MoneyEffect.None, [Actor.Timer]),
        new(OrderStatus.Paused, OrderStatus.Expired, MoneyEffect.None, [Actor.Timer]),
        new(OrderStatus.Paused, OrderStatus.Canceled, MoneyEffect.None, [Actor.Reseller, Actor.Operator]),
    ]);

    /// <summary>The table of a kind.</summary>
    public static Lifecycle<OrderStatus> Of(OrderKind kind) => kind switch
    {
        OrderKind.Plain => Plain,
        OrderKind.DripFeed => DripFeed,
        OrderKind.Subscription => Subscription,
    };

    /// <summary>The state an order of a kind begins in.</summary>
    public static OrderStatus FirstOf(OrderKind kind) => kind switch
    {
        OrderKind.Plain or OrderKind.DripFeed => OrderStatus.Pending,
        OrderKind.Subscription => OrderStatus.Active,
    };

    /// <summary>Whether an order in this state has ended, of whatever kind it is.</summary>
    public static bool IsFinal(OrderStatus status) => status switch
    {
        OrderStatus.Completed or OrderStatus.Partial or OrderStatus.Canceled or OrderStatus.Expired => true,
        OrderStatus.Pending or OrderStatus.Processing or OrderStatus.InProgress or OrderStatus.Active or OrderStatus.Paused => false,
    };
}
