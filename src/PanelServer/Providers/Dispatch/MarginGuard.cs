using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Providers;

namespace PanelServer.Providers.Dispatch;

/// <summary>
/// Nothing is sent where it costs more than it brings. Whether it does is computed of the cost that was seen last each time it
/// is asked; the lock of a route and its alert tell people of it.
/// </summary>
internal static class MarginGuard
{
    /// <summary>The routes of a service that are in use; those locked that cost too much by now, and those open again that do not.</summary>
    public static List<RouteInUse> Locked(UnitOfWork unit, int service, long now)
    {
        var routes = unit.Routes.Of(service);
        for (var at = 0; at < routes.Count; at++)
        {
            var route = routes[at];
            RouteLock? why = route.IsBelowCost ? RouteLock.BelowCost(route.Cost, route.Price) : null;
            if (route.Lock is { Closes: true } || route.Lock == why)
            {
                continue;
            }

            routes[at] = route with { Lock = why };
            unit.Routes.SetLock(route.Id, why);
            unit.ChangesCatalogue();
            if (why is { Text: var text })
            {
                RaiseAlert(unit, route.Key, service, text, now);
            }
            else if (!unit.Db.Routes.Any(row => row.ProviderId == route.Key.Provider && row.UpstreamService == route.Key.UpstreamService
                && row.LockKind == RouteLockKind.BelowCost))
            {
                Alerts.End(unit, route.Key.Provider, AlertKind.BelowCost, route.Key.UpstreamService, now);
            }
        }

        return routes;
    }

    /// <summary>The same for an order: it may have been paid by another price than the service has by now, and what is asked for is rounded up.</summary>
    public static List<RouteInUse> LockedFor(UnitOfWork unit, OrderRow order, long now)
    {
        var routes = Locked(unit, order.ServiceId, now);
        for (var at = 0; at < routes.Count; at++)
        {
            routes[at] = routes[at] with { IsLoss = IsLoss(unit, order, routes[at]) };
        }

        return routes;
    }

    private static bool IsLoss(UnitOfWork unit, OrderRow order, RouteInUse route)
    {
        bool IsAt(Rate paid) => route.Cost.IsLoss(
            paid, order.Quantity, OrderFields.QuantityOf(order, route), ServiceType.Of(order.Type).Flat);
        return IsAt(order.Rate)
            && IsAt(unit.Routes.PricesOf(order.ResellerId, order.ServiceId).MeasureOf(order.ServiceId, order.Rate, route.Price));
    }

    private static void RaiseAlert(UnitOfWork unit, RouteKey route, int service, string why, long now) => Alerts.Raise(
        unit,
        route.Provider,
        AlertKind.BelowCost,
        route.UpstreamService,
        new("alert.below_cost", service, route.UpstreamService, why),
        now);
}
