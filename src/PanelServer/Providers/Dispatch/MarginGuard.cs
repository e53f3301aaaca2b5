using System.Globalization;
using PanelServer.Data;
using PanelServer.Data.Engines.Sqlite;
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
    public static List<RouteInUse> Locked(Writer writer, int service, long now)
    {
        var routes = writer.Routes.Of(service);
        for (var at = 0; at < routes.Count; at++)
        {
            var route = routes[at];
            var why = route.IsBelowCost ? RouteLock.TooDear(route.Cost, route.Price) : null;
            if (RouteLock.Closes(route.Locked) || route.Locked == why)
            {
                continue;
            }

            routes[at] = route with { Locked = why };
            writer.Routes.SetLock(route.Id, why);
            writer.ChangesCatalogue();
            if (why is not null)
            {
                Tell(writer, route.Key, service, why, now);
            }
            else if (!writer.Db.Routes.Any(row => row.ProviderId == route.Key.Provider && row.UpstreamService == route.Key.UpstreamService
                && row.Locked != null && row.Locked.StartsWith(RouteLock.BelowCost)))
            {
                Alerts.End(writer, route.Key.Provider, AlertKind.BelowCost, route.Key.UpstreamService, now);
            }
        }

        return routes;
    }

    /// <summary>The same for an order: it may have been paid by another price than the service has by now, and what is asked for is rounded up.</summary>
    public static List<RouteInUse> LockedFor(Writer writer, OrderRow order, long now)
    {
        var routes = Locked(writer, order.ServiceId, now);
        for (var at = 0; at < routes.Count; at++)
        {
            routes[at] = routes[at] with { IsLoss = IsLoss(writer, order, routes[at]) };
        }

        return routes;
    }

    private static bool IsLoss(Writer writer, OrderRow order, RouteInUse route)
    {
        bool IsAt(Rate paid) => route.Cost.IsLoss(
            paid, order.Quantity, OrderFields.QuantityOf(order, route), ServiceType.Of(order.Type).Flat);
        return IsAt(order.Rate)
            && IsAt(writer.Routes.PricesOf(order.ResellerId, order.ServiceId).MeasureOf(order.ServiceId, order.Rate, route.Price));
    }

    private static void Tell(Writer writer, RouteKey route, int service, string why, long now) => Alerts.Raise(
        writer,
        route.Provider,
        AlertKind.BelowCost,
        route.UpstreamService,
        string.Create(CultureInfo.InvariantCulture, $"service {service} is not sent to its service {route.UpstreamService}, {why}"),
        now);
}
