namespace PanelServer.Domain.Providers;

/// <summary>A way to have a service delivered: a provider, and which of its services it is there.</summary>
/// <param name="Provider">The provider's id.</param>
/// <param name="UpstreamService">The service's id there.</param>
public readonly record struct RouteKey(int Provider, string UpstreamService);

/// <summary>What came of an order at a route.</summary>
/// <param name="Route">Where it was sent.</param>
/// <param name="Outcome">What came of it.</param>
public readonly record struct RouteTried(RouteKey Route, SubmissionOutcome Outcome);

/// <summary>What is to be done next with an order that no provider has.</summary>
public enum RoutingStep
{
    /// <summary>To be sent to a route.</summary>
    Send,

    /// <summary>To wait: there are routes, and none can be used now.</summary>
    Wait,

    /// <summary>Every route has refused it: it is paid back.</summary>
    Refuse,

    /// <summary>There is no route at all: a person delivers it.</summary>
    ByHand,
}

/// <summary>
/// Which route an order takes (docs/operating.md, "Routes"): the first that has not refused it and can be used now. One
/// that could not be reached is passed over once, and begun with again after the others.
/// </summary>
public static class Routing
{
    /// <summary>
    /// Why a route cannot be used, whatever its provider is doing at the moment; null when it can. Of a service that has routes
    /// and none without such a reason nobody can deliver an order.
    /// </summary>
    /// <param name="isEnabled">Whether an operator has not taken it out of use.</param>
    /// <param name="hasExchange">Whether it is known what its provider's currency is in the panel's.</param>
    /// <param name="routeLock">The panel's lock of it.</param>
    /// <param name="cost">What it costs.</param>
    /// <param name="price">The list price of its service.</param>
    public static string? Obstacle(bool isEnabled, bool hasExchange, RouteLock? routeLock, RouteCost cost, Rate price) =>
        !isEnabled ? "its route is disabled"
        : !hasExchange ? "its provider counts in another currency, without an exchange rate"
        : routeLock is { Closes: true, Text: var why } ? why
        : cost.IsAbove(price) ? RouteLock.BelowCost(cost, price).Text
        : null;

    /// <summary>The next step of an order.</summary>
    /// <param name="routes">The routes of its service that are in use, the first to be tried first, and whether one can be used now.</param>
    /// <param name="tried">What came of it so far, the oldest first.</param>
    /// <returns>The step; where to, if it is to be sent; and whether all were passed over, so that it waits before.</returns>
    public static (RoutingStep Step, RouteKey? Route, bool IsNewRound) Next(
        IReadOnlyList<(RouteKey Route, bool IsUsable)> routes,
        IReadOnlyList<RouteTried> tried)
    {
        var refused = tried.Where(one => one.Outcome == SubmissionOutcome.Rejected).Select(one => one.Route).ToHashSet();
        var open = routes.Where(route => !refused.Contains(route.Route)).ToList();
        if (open.Count == 0)
        {
            return (refused.Count > 0 ? RoutingStep.Refuse : RoutingStep.ByHand, null, false);
        }

        // The route that was tried last has its turn again only after those behind it.
        var last = tried.Count > 0 && tried[^1].Outcome is SubmissionOutcome.NotSent or SubmissionOutcome.Deferred
            ? open.FindIndex(route => route.Route == tried[^1].Route)
            : -1;
        var behind = open.Skip(last + 1).Where(route => route.IsUsable).ToList();
        if (behind.Count > 0)
        {
            return (RoutingStep.Send, behind[0].Route, false);
        }

        var again = open.Take(last + 1).Where(route => route.IsUsable).ToList();
        return again.Count > 0
            ? (RoutingStep.Send, again[0].Route, true)
            : (RoutingStep.Wait, open[0].Route, true);
    }
}
