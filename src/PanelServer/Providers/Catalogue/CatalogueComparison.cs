using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Catalogue;

/// <summary>
/// A provider's catalogue compared with the services of ours that it delivers. Pure: what it finds is written by
/// <see cref="ApplyCatalogueSync"/>.
/// </summary>
/// <param name="Routes">Each route of ours, a service's first route before its others.</param>
/// <param name="Alerts">Of what operators are told.</param>
internal sealed record CatalogueComparison(
    IReadOnlyList<RouteComparison> Routes,
    IReadOnlyDictionary<AlertSubject, string> Alerts)
{
    /// <summary>From this number of our services on, a catalogue that misses more than half of them is rejected.</summary>
    private const int EnoughToDoubt = 10;

    /// <summary>A catalogue that has lost one of this number of parts of its rows is taken for incomplete.</summary>
    private const int LostParts = 5;

    // Of a broken catalogue the first rows say enough.
    private const int RowsTold = 3;

    public IEnumerable<Difference> Differences => Routes.SelectMany(route => route.Differences);

    /// <summary>Compares.</summary>
    /// <param name="routed">Ours: a service's first route before its others, as <see cref="ProviderCatalogueState"/> has them.</param>
    /// <param name="theirs">Theirs.</param>
    /// <param name="terms">How.</param>
    public static CatalogueComparison Of(IReadOnlyList<ServiceRoute> routed, UpstreamCatalogue theirs, ComparisonOptions terms)
    {
        var (listed, unusable) = (Listed(theirs), Unusable(theirs));
        var services = new Dictionary<int, ServiceRow>();
        var routes = new List<RouteComparison>(routed.Count);
        var alerts = new Dictionary<AlertSubject, string>();
        foreach (var one in routed)
        {
            // What the first route makes of the price is what the others are measured by.
            var ours = one with { Service = services.GetValueOrDefault(one.Service.Id) ?? one.Service };
            var id = one.Route.UpstreamService;
            var route = RouteComparison.Of(ours, listed.GetValueOrDefault(id), unusable.GetValueOrDefault(id), terms);
            services[one.Service.Id] = route.Service;
            routes.Add(route);
            foreach (var (kind, said) in route.Alerts)
            {
                var subject = new AlertSubject(kind, id);
                alerts[subject] = alerts.TryGetValue(subject, out var before) ? $"{before}; {said}" : said;
            }
        }

        return new(routes, alerts);
    }

    /// <summary>Why a catalogue is rejected; null when it is accepted.</summary>
    public static Refusal? Unbelievable(ProviderCatalogueState books, UpstreamCatalogue theirs)
    {
        var name = books.Provider.Name;
        if (theirs.Services.Count == 0)
        {
            return theirs.Unusable.Count == 0
                ? new Refusal("unbelieved_catalogue.empty", name)
                : new Refusal("unbelieved_catalogue.unusable", name, Told(theirs.Unusable));
        }

        var ours = books.Routed.Select(one => one.Route.UpstreamService).ToHashSet(StringComparer.Ordinal);
        var count = ours.Count;
        ours.ExceptWith(theirs.Services.Select(one => one.Id));
        return count >= EnoughToDoubt && ours.Count * 2 > count
            ? new Refusal("unbelieved_catalogue.missing", ours.Count, count, name)
            : null;
    }

    /// <summary>
    /// Why the panel's own look takes a catalogue for incomplete; null when it is complete. It then locks nothing: a list
    /// that was cut off must not empty ours.
    /// </summary>
    public static Refusal? NotWhole(ProviderCatalogueState books, UpstreamCatalogue theirs)
    {
        if (Unbelievable(books, theirs) is { } unbelieved)
        {
            return unbelieved;
        }

        var (name, rows) = (books.Provider.Name, theirs.Services.Count);
        return books.Provider.CatalogueRows is { } before && (before - (long)rows) * LostParts >= before
            ? new("unbelieved_catalogue.shrunk", name, rows, before)
            : null;
    }

    /// <summary>The alert about rows that cannot be used; null when there are none.</summary>
    public static Domain.Phrase? UnusableRows(UpstreamCatalogue theirs) => theirs.Unusable.Count == 0
        ? null
        : new("unusable_rows", theirs.Unusable.Count, Told(theirs.Unusable));

    /// <summary>A catalogue's services by their ids; of two with the same id the first.</summary>
    public static Dictionary<string, UpstreamService> Listed(UpstreamCatalogue theirs)
    {
        var listed = new Dictionary<string, UpstreamService>(theirs.Services.Count, StringComparer.Ordinal);
        foreach (var service in theirs.Services)
        {
            listed.TryAdd(service.Id, service);
        }

        return listed;
    }

    private static Dictionary<string, UnusableService> Unusable(UpstreamCatalogue theirs) => theirs.Unusable
        .DistinctBy(row => row.Id, StringComparer.Ordinal)
        .ToDictionary(row => row.Id, StringComparer.Ordinal);

    private static string Told(IReadOnlyList<UnusableService> rows) =>
        string.Join("; ", rows.Take(RowsTold).Select(row => FormattableString.Invariant($"row {row.Row} (service {row.Id}): {row.Why}")))
        + (rows.Count > RowsTold ? "; …" : "");
}
