using System.Globalization;
using PanelServer.Data;
using PanelServer.Domain.Providers;

namespace PanelServer.Providers;

/// <summary>A service that has routes of which none can be used.</summary>
/// <param name="Service">Ours.</param>
/// <param name="Name">Its name.</param>
/// <param name="Providers">Whose routes it has.</param>
/// <param name="Why">What keeps its first route from being used, and whose that is.</param>
/// <param name="Since">Since when, as far as that is written down; unix milliseconds.</param>
internal sealed record Undeliverable(int Service, string Name, IReadOnlySet<int> Providers, string Why, long Since)
{
    private sealed record Found(
        int Id, int Service, string Name, int Provider, string ProviderName, string UpstreamService, string? Obstacle, long CreatedAt);

    /// <summary>The enabled services that nobody can deliver, by their ids.</summary>
    public static IReadOnlyList<Undeliverable> Of(PanelDb db)
    {
        var currency = db.Panel.First().Currency;
        var providers = db.Providers.ToDictionary(row => row.Id);
        var routes =
            from row in db.Routes.Join(db.Services.Where(service => service.Enabled), route => route.ServiceId, service => service.Id, (route, service) => new { route, service.Name, service.Rate, service.Id }).ToList()
            let provider = providers[row.route.ProviderId]
            let cost = new RouteCost(row.route.SeenCost, row.route.AcceptedCost, new(provider.Exchange), new(row.route.Multiplier))
            let obstacle = Routing.Obstacle(row.route.Enabled, OtherCurrency.Unknown(provider, currency) is null, row.route.Lock, cost, row.Rate)
            orderby row.route.Priority, row.route.Id
            select new Found(row.route.Id, row.Id, row.Name, provider.Id, provider.Name, row.route.UpstreamService, obstacle, row.route.CreatedAt);
        return
        [
            .. routes.GroupBy(route => route.Service)
                .Where(service => service.All(route => route.Obstacle is not null))
                .OrderBy(service => service.Key)
                .Select(service => new Undeliverable(
                    service.Key,
                    service.First().Name,
                    service.Select(route => route.Provider).ToHashSet(),
                    $"{service.First().Obstacle} (provider {service.First().ProviderName})",
                    service.Max(route => SinceOf(db, route)))),
        ];
    }

    /// <summary>An alert tells since when a route is locked, the audit since when it is disabled.</summary>
    private static long SinceOf(PanelDb db, Found route)
    {
        var subject = string.Create(CultureInfo.InvariantCulture, $"route {route.Id}");
        return db.Alerts
                .Where(row => row.ProviderId == route.Provider && row.ClosedAt == null
                    && (row.Subject == route.UpstreamService || row.Kind == AlertKind.Exchange || row.Kind == AlertKind.Currency))
                .Max(row => (long?)row.OpenedAt)
            ?? db.Audit.Where(row => row.Action == "route edit" && row.Subject == subject).Max(row => (long?)row.At)
            ?? route.CreatedAt;
    }
}
