using FsCheck;
using FsCheck.Fluent;
using PanelServer.Domain.Providers;
using static PanelServer.Domain.Providers.SubmissionOutcome;

namespace PanelServer.Domain.Tests.Providers;

/// <summary>Which route an order takes next.</summary>
public sealed class RoutingTests
{
    private static readonly RouteKey A = new(1, "10"), B = new(2, "20"), C = new(2, "21");

    // What came of a sending after which an order may be sent at all: never one that is accepted, under way or unknown.
    private static readonly SubmissionOutcome[] Over = [Rejected, NotSent, Deferred, NotAccepted];

    private static Gen<(List<(RouteKey Route, bool IsUsable)> Routes, List<RouteTried> Tried)> Situations { get; } =
        from keys in Gen.SubListOf(A, B, C, new RouteKey(3, "10"))
        from usable in Gen.Elements(true, false).ListOf(4)
        from tried in (
            from route in Gen.Elements(A, B, C, new RouteKey(3, "10"))
            from outcome in Gen.Elements(Over)
            select new RouteTried(route, outcome)).ListOf()
        select (keys.Select((key, at) => (key, usable.ElementAt(at))).ToList(), tried.ToList());

    [Fact]
    public void A_route_that_has_refused_or_cannot_be_used_is_never_picked() => Properties.Hold(Situations, given =>
    {
        var (step, route, _) = Routing.Next(given.Routes, given.Tried);
        if (step == RoutingStep.Send)
        {
            Assert.Contains((route!.Value, true), given.Routes);
            Assert.DoesNotContain(new RouteTried(route.Value, Rejected), given.Tried);
        }
    });

    [Fact]
    public void It_is_sent_whenever_a_route_is_left_that_can_be_used() => Properties.Hold(Situations, given =>
    {
        var refused = given.Tried.Where(one => one.Outcome == Rejected).Select(one => one.Route).ToHashSet();
        var open = given.Routes.Where(one => !refused.Contains(one.Route)).ToList();
        var wanted = open.Exists(one => one.IsUsable) ? RoutingStep.Send
            : open.Count > 0 ? RoutingStep.Wait
            : refused.Count > 0 ? RoutingStep.Refuse
            : RoutingStep.ByHand;
        Assert.Equal(wanted, Routing.Next(given.Routes, given.Tried).Step);
    });

    [Fact]
    public void An_order_that_nobody_takes_is_offered_to_each_route_once_a_round() => Properties.Hold(
        from count in Gen.Choose(1, 4)
        from outcome in Gen.Elements(NotSent, Deferred)
        select (count, outcome),
        given =>
        {
            var routes = new[] { A, B, C, new RouteKey(3, "10") }.Take(given.count).Select(key => (key, true)).ToList();
            var tried = new List<RouteTried>();
            for (var at = 0; at < given.count * 3; at++)
            {
                var (step, route, isNewRound) = Routing.Next(routes, tried);
                Assert.Equal((RoutingStep.Send, routes[at % given.count].key), (step, route!.Value));
                Assert.Equal(at > 0 && at % given.count == 0, isNewRound);
                tried.Add(new(route.Value, given.outcome));
            }
        });

    [Fact]
    public void A_no_of_every_route_pays_back_and_no_route_at_all_is_a_persons()
    {
        Assert.Equal(RoutingStep.Refuse, Routing.Next([(A, true), (B, true)], [new(A, Rejected), new(B, Rejected)]).Step);
        Assert.Equal(RoutingStep.Refuse, Routing.Next([], [new(A, Rejected)]).Step);
        Assert.Equal(RoutingStep.ByHand, Routing.Next([], []).Step);
        Assert.Equal(RoutingStep.ByHand, Routing.Next([], [new(A, NotSent)]).Step);
        Assert.Equal((RoutingStep.Wait, A, true), Given([(A, false), (B, true)], [new(B, Rejected)]));
        Assert.Equal((RoutingStep.Send, A, false), Given([(A, true), (B, true)], [new(A, NotAccepted)]));
    }

    private static (RoutingStep Step, RouteKey Route, bool IsNewRound) Given((RouteKey, bool)[] routes, RouteTried[] tried)
    {
        var (step, route, isNewRound) = Routing.Next(routes, tried);
        return (step, route!.Value, isNewRound);
    }
}
