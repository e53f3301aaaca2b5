using PanelServer.Domain.Orders;

namespace PanelServer.Domain.Tests.Orders;

public sealed class OrderLifecycleTests
{
    private static readonly OrderStatus[] Statuses = Enum.GetValues<OrderStatus>();
    private static readonly Actor[] Actors = Enum.GetValues<Actor>();

    private static readonly OrderStatus[] Final =
        [OrderStatus.Completed, OrderStatus.Partial, OrderStatus.Canceled, OrderStatus.Expired];

    [Fact]
    public void Every_move_is_approved() => Golden.Approves(
        "order-moves",
        Statuses.SelectMany(from => Statuses.Select(to => Row(from, to))).Prepend(
            $"{"from",-10} {"to",-10} {string.Join(' ', Actors.Select(actor => $"{actor,-8}"))}"));

    [Fact]
    public void Nobody_moves_a_final_order() => Assert.All(
        Final,
        from =>
        {
            Assert.True(OrderLifecycle.IsFinal(from));
            Assert.Empty(OrderLifecycle.MovesFrom(from));
            Assert.DoesNotContain(Statuses, to => Actors.Any(actor => OrderLifecycle.Allows(from, to, actor)));
        });

    [Fact]
    public void Every_other_order_can_still_end() => Assert.All(
        Statuses.Except(Final),
        from =>
        {
            Assert.False(OrderLifecycle.IsFinal(from));
            Assert.Contains(OrderStatus.Completed, OrderLifecycle.MovesFrom(from));
            Assert.Contains(OrderStatus.Canceled, OrderLifecycle.MovesFrom(from));
        });

    [Fact]
    public void A_move_goes_somewhere_else() => Assert.DoesNotContain(
        Statuses, status => OrderLifecycle.MovesFrom(status).Contains(status));

    [Fact]
    public void Only_an_operator_takes_an_order_back_from_running() => Assert.Equal(
        [Actor.Operator],
        Actors.Where(actor => OrderLifecycle.Allows(OrderStatus.InProgress, OrderStatus.Processing, actor)));

    [Fact]
    public void A_reseller_only_cancels_and_only_what_nobody_works_on() => Assert.Equal(
        [
            (OrderStatus.Pending, OrderStatus.Canceled),
            (OrderStatus.Active, OrderStatus.Canceled),
            (OrderStatus.Paused, OrderStatus.Canceled),
        ],
        Statuses.SelectMany(_ => Statuses, (from, to) => (from, to))
            .Where(move => OrderLifecycle.Allows(move.from, move.to, Actor.Reseller)));

    [Fact]
    public void Orders_and_subscriptions_do_not_turn_into_each_other() => Assert.All(
        Statuses.Where(OrderLifecycle.IsOfSubscription),
        ofSubscription => Assert.All(
            Statuses.Where(status => OrderLifecycle.MovesFrom(status).Contains(ofSubscription)),
            from => Assert.True(OrderLifecycle.IsOfSubscription(from))));

    private static string Row(OrderStatus from, OrderStatus to)
    {
        var words = Actors.Select(actor => $"{(OrderLifecycle.Allows(from, to, actor) ? "yes" : "-"),-8}");
        return $"{from,-10} {to,-10} {string.Join(' ', words)}";
    }
}
