using PanelServer.Domain.Cancels;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Refills;

namespace PanelServer.Domain.Tests.Lifecycles;

public sealed class LifecycleTests
{
    private static readonly Actor[] Actors = Enum.GetValues<Actor>();
    private static readonly OrderStatus[] Statuses = Enum.GetValues<OrderStatus>();

    private static readonly OrderStatus[] Final =
        [OrderStatus.Completed, OrderStatus.Partial, OrderStatus.Canceled, OrderStatus.Expired];

    public static TheoryData<OrderKind> Kinds => [.. Enum.GetValues<OrderKind>()];

    [Fact]
    public void Every_pair_of_every_noun_is_approved() => Golden.Approves(
        "lifecycles",
        [
            .. Table("order", OrderLifecycle.Plain),
            .. Table("drip-feed parent", OrderLifecycle.DripFeed),
            .. Table("subscription", OrderLifecycle.Subscription),
            .. Table("refill", RefillLifecycle.Table),
            .. Table("cancel request", CancelLifecycle.Table),
        ]);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nobody_moves_a_final_order(OrderKind kind)
    {
        var lifecycle = OrderLifecycle.Of(kind);
        Assert.All(Final, from =>
        {
            Assert.True(lifecycle.IsFinal(from) && OrderLifecycle.IsFinal(from));
            Assert.DoesNotContain(Statuses, to => Actors.Any(actor => lifecycle.Allows(from, to, actor)));
        });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_state_that_can_be_reached_can_end(OrderKind kind)
    {
        var lifecycle = OrderLifecycle.Of(kind);
        var reached = Reached(lifecycle, OrderLifecycle.FirstOf(kind));

        Assert.All(reached, status =>
        {
            Assert.Equal(OrderLifecycle.IsFinal(status), lifecycle.IsFinal(status));
            Assert.True(lifecycle.IsFinal(status) || Reached(lifecycle, status).Any(OrderLifecycle.IsFinal));
        });
        Assert.All(lifecycle.Moves, move => Assert.Contains(move.From, reached));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Only_an_operator_corrects_and_only_one_end_into_another(OrderKind kind) => Assert.All(
        OrderLifecycle.Of(kind).Moves.Where(move => move.Money == MoneyEffect.Corrects),
        move =>
        {
            Assert.Equal([Actor.Operator], move.By);
            Assert.True(OrderLifecycle.IsFinal(move.From) && OrderLifecycle.IsFinal(move.To));
        });

    [Fact]
    public void Only_an_operator_takes_an_order_back_from_running() => Assert.Equal(
        [Actor.Operator],
        Actors.Where(actor => OrderLifecycle.Plain.Allows(OrderStatus.InProgress, OrderStatus.Processing, actor)));

    [Fact]
    public void A_reseller_only_cancels() => Assert.All(
        Enum.GetValues<OrderKind>().SelectMany(kind => OrderLifecycle.Of(kind).Moves).Where(move => move.By.Contains(Actor.Reseller)),
        move => Assert.True(move.To == OrderStatus.Canceled || move.Money == MoneyEffect.PaysBackRest));

    [Fact]
    public void A_subscription_and_an_order_share_only_their_ends() => Assert.All(
        Reached(OrderLifecycle.Plain, OrderStatus.Pending).Intersect(Reached(OrderLifecycle.Subscription, OrderStatus.Active)),
        status => Assert.True(OrderLifecycle.IsFinal(status)));

    private static List<TState> Reached<TState>(Lifecycle<TState> lifecycle, TState first)
        where TState : struct, Enum
    {
        List<TState> reached = [first];
        for (var at = 0; at < reached.Count; at++)
        {
            reached.AddRange(lifecycle.MovesFrom(reached[at]).Distinct().Except(reached).ToList());
        }

        return reached;
    }

    private static IEnumerable<string> Table<TState>(string noun, Lifecycle<TState> lifecycle)
        where TState : struct, Enum
    {
        yield return noun;
        yield return $"  {"from",-10} {"to",-10} {string.Join(' ', Actors.Select(actor => $"{actor,-8}"))} money";
        foreach (var from in Enum.GetValues<TState>())
        {
            foreach (var to in Enum.GetValues<TState>())
            {
                var words = Actors.Select(actor => $"{Word(lifecycle, from, to, actor),-8}");
                var money = lifecycle.Moves.SingleOrDefault(move => move.From.Equals(from) && move.To.Equals(to))?.Money;
                yield return $"  {from,-10} {to,-10} {string.Join(' ', words)} {money?.ToString() ?? "-"}";
            }
        }

        yield return "";
    }

    private static string Word<TState>(Lifecycle<TState> lifecycle, TState from, TState to, Actor actor)
        where TState : struct, Enum =>
        lifecycle.Allows(from, to, actor) ? "yes"
        : actor == Actor.Operator && lifecycle.AllowsCorrection(from, to) ? "corrects"
        : "-";
}
