using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;

namespace PanelServer.Queries;

/// <summary>A provider in a list.</summary>
/// <param name="Row">The provider.</param>
/// <param name="Routes">Routes to it.</param>
/// <param name="ToSend">Orders that wait to be submitted to it.</param>
/// <param name="Open">Orders that it has and that have not ended.</param>
internal sealed record ProviderListItem(ProviderRow Row, int Routes, int ToSend, int Open);

/// <summary>A route in a list.</summary>
/// <param name="Route">The route.</param>
/// <param name="Provider">Its provider.</param>
/// <param name="Rate">What its service is sold for.</param>
internal sealed record RouteListItem(RouteRow Route, ProviderRow Provider, Rate Rate);

/// <summary>Lists of providers and of what belongs to them.</summary>
internal static class ProviderQueries
{
    /// <summary>Finds a provider by its name; null when there is none.</summary>
    public static ProviderRow? Find(PanelDb db, string name) => db.Providers.FirstOrDefault(row => row.Name == name);

    /// <summary>All of them, in the order they were added.</summary>
    public static async Task<List<ProviderListItem>> ListAsync(PanelDb db)
    {
        var rows = await db.Providers.OrderBy(row => row.Id).ToListAsync();
        var waiting = await db.Due.Where(row => row.Kind == WorkKind.Send).GroupBy(row => row.ProviderId)
            .Select(group => new { Provider = group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Provider!.Value, row => row.Count);
        var open = await db.Due.Where(row => row.Kind == WorkKind.Order && row.ProviderId != null).GroupBy(row => row.ProviderId)
            .Select(group => new { Provider = group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Provider!.Value, row => row.Count);
        var routes = await db.Routes.GroupBy(row => row.ProviderId)
            .Select(group => new { Provider = group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Provider, row => row.Count);
        return rows.ConvertAll(row => new ProviderListItem(
            row, routes.GetValueOrDefault(row.Id), waiting.GetValueOrDefault(row.Id), open.GetValueOrDefault(row.Id)));
    }

    /// <summary>Routes, those of a service in the order they are tried.</summary>
    /// <param name="db">A context that reads.</param>
    /// <param name="service">Only of this service; null = of all.</param>
    /// <param name="provider">Only to the provider of this name; null = to all.</param>
    /// <param name="limit">Rows at the most.</param>
    public static Task<List<RouteListItem>> RoutesAsync(PanelDb db, int? service, string? provider, int limit) => (
        from route in db.Routes
        join its in db.Providers on route.ProviderId equals its.Id
        join sold in db.Services on route.ServiceId equals sold.Id
        where (service == null || route.ServiceId == service) && (provider == null || its.Name == provider)
        orderby route.ServiceId, route.Priority, route.Id
        select new RouteListItem(route, its, sold.Rate)).Take(limit).ToListAsync();

    /// <summary>What an operator has said that words of a provider mean.</summary>
    public static Task<List<ProviderWordRow>> WordsAsync(PanelDb db, int provider) =>
        db.ProviderWords.Where(row => row.ProviderId == provider).OrderBy(row => row.Meaning).ThenBy(row => row.Word).ToListAsync();
}
