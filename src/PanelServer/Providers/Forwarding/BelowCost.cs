using System.Globalization;
using PanelServer.Data;
using PanelServer.Data.Engines.Sqlite;
using PanelServer.Domain;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Catalogue;

namespace PanelServer.Providers.Forwarding;

/// <summary>Nothing is sent where it costs more than its list price: such a route is locked, until price or cost are others.</summary>
internal static class BelowCost
{
    /// <summary>Why a route is locked that costs more than its service is sold for.</summary>
    public static string Why(Rate cost, Rate price) => $"{RouteLock.BelowCost}it costs {cost} and is sold for {price}";

    /// <summary>The routes of a service that are in use, those locked that cost too much by now, and those open again that do not.</summary>
    public static List<RouteInUse> Locked(Writer writer, int service, long now)
    {
        var routes = writer.Routes.Of(service);
        for (var at = 0; at < routes.Count; at++)
        {
            var route = routes[at];
            if (route.Locked is null && route.IsBelowCost)
            {
                var why = Why(route.Multiplier.CostOf(route.Cost!.Value), route.Price);
                routes[at] = route with { Locked = why };
                writer.Routes.SetLock(route.Id, why);
                Tell(writer, route.Key, service, why, now);
            }
            else if (!route.IsBelowCost && RouteLock.Is(route.Locked, RouteLock.BelowCost))
            {
                routes[at] = route with { Locked = null };
                writer.Routes.SetLock(route.Id, null);
                Alerts.End(writer, route.Key.Provider, AlertKind.BelowCost, route.Key.UpstreamService, now);
            }
        }

        return routes;
    }

    /// <summary>Tells of a route that was locked.</summary>
    public static void Tell(Writer writer, RouteKey route, int service, string why, long now) => Alerts.Raise(
        writer,
        route.Provider,
        AlertKind.BelowCost,
        route.UpstreamService,
        string.Create(CultureInfo.InvariantCulture, $"service {service} is not sent to its service {route.UpstreamService}, {why}"),
        now);
}
