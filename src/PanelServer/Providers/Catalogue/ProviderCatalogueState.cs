using System.Globalization;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Catalogue;

/// <summary>A service of ours and the route by which a provider delivers it.</summary>
/// <param name="IsFirst">Whether it is the first of the service's routes: the one that its price, name and bounds follow.</param>
internal sealed record ServiceRoute(RouteRow Route, ServiceRow Service, bool IsFirst);

/// <summary>What we know of a provider: who it is, which of our services it delivers, and how prices are made of its.</summary>
/// <param name="Currency">The panel's.</param>
internal sealed record ProviderCatalogueState(
    ProviderRow Provider,
    string Currency,
    IReadOnlyList<ServiceRoute> Routed,
    IReadOnlyDictionary<MarkupScope, Markup> Rules)
{
    public MarkupRules Markups => new(Rules);

    public ExchangeRate Exchange => new(Provider.Exchange);

    /// <summary>Why its costs cannot be turned into prices; null when they can.</summary>
    public Refusal? CurrencyUnknown => OtherCurrency.Unknown(Provider, Currency);

    /// <summary>What is said when no provider has a name.</summary>
    public static Refusal Unknown(string name) =>
        new("unknown_provider", name);

    /// <summary>The mark-ups with another percentage for all services that have none of their own.</summary>
    public MarkupRules WithPercent(int percent) => new(new Dictionary<MarkupScope, Markup>(Rules)
    {
        [MarkupScope.Provider] = Rules.GetValueOrDefault(MarkupScope.Provider, Markup.None) with { PercentBasisPoints = percent },
    });

    /// <summary>The mark-ups of a provider.</summary>
    public static IReadOnlyDictionary<MarkupScope, Markup> RulesOf(PanelDb db, int provider)
    {
        // Categories were once kept with the entities they came with.
        var rules = new Dictionary<MarkupScope, Markup>();
        foreach (var row in db.Markups.Where(row => row.ProviderId == provider).OrderBy(row => row.Id))
        {
            rules[new(TextSanitizer.WithoutEntities(row.Category), row.UpstreamService)] = Of(row);
        }

        return rules;
    }

    public static Markup Of(MarkupRow row) => new(row.Percent, row.Fixed, row.RoundUp, row.Floor, row.Ceiling);

    /// <summary>Reads it as it stands; refused when there is no such provider.</summary>
    public static Result<ProviderCatalogueState> Read(PanelDb db, int provider)
    {
        if (db.Providers.FirstOrDefault(row => row.Id == provider) is not { } found)
        {
            return Unknown(provider.ToString(CultureInfo.InvariantCulture));
        }

        var routes = db.Routes
            .Where(row => db.Routes.Any(own => own.ProviderId == provider && own.ServiceId == row.ServiceId))
            .ToList();
        var services = db.Services
            .Where(row => db.Routes.Any(own => own.ProviderId == provider && own.ServiceId == row.Id))
            .ToDictionary(row => row.Id);
        var routed =
            from service in routes.GroupBy(row => row.ServiceId)
            let first = service.OrderBy(row => !row.Enabled).ThenBy(row => row.Priority).ThenBy(row => row.Id).First()
            from route in service
            where route.ProviderId == provider && services.ContainsKey(route.ServiceId)
            orderby route.ServiceId, route != first, route.Id
            select new ServiceRoute(route, services[route.ServiceId], route == first);
        return new ProviderCatalogueState(found, db.Panel.First().Currency, [.. routed], RulesOf(db, provider));
    }
}
