using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;
using PanelServer.Providers.Dispatch;

namespace PanelServer.Providers.Catalogue;

/// <summary>
/// Writes what a comparison has found, in units so small that nobody else waits long. What somebody has changed since the
/// comparison read it is left alone: the next one sees it.
/// </summary>
/// <param name="writes">The write door.</param>
/// <param name="provider">Whose catalogue it was.</param>
internal sealed class ApplyCatalogueSync(WriteQueue writes, int provider)
{
    private static readonly AlertKind[] AboutServices = [AlertKind.Removed, AlertKind.Changed, AlertKind.PriceJump, AlertKind.BelowCost];

    /// <summary>Writes routes and services.</summary>
    /// <param name="routes">Of one comparison, in its order.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="audit">Told, inside each unit, what it has written; null when nobody has to be.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <returns>How many routes were left as somebody has made them meanwhile.</returns>
    public async Task<int> RoutesAsync(
        ActorContext actor,
        IReadOnlyList<RouteComparison> routes,
        long now,
        Action<UnitOfWork, IReadOnlyList<RouteComparison>, long>? audit,
        IProgress<double> progress)
    {
        var (left, done) = (0, 0);
        foreach (var part in routes.Chunk(Bulk.UnitIds))
        {
            var changes = part.Where(route => route.ChangesRoute || route.ChangesService).ToList();
            if (changes.Count > 0)
            {
                left += await writes.RunAsync(actor, unit =>
                {
                    var written = Write(unit, changes, now);
                    if (written.Count > 0)
                    {
                        audit?.Invoke(unit, written, now);
                    }

                    return changes.Count - written.Count;
                });
            }

            done += part.Length;
            progress.Report((double)done / routes.Count);
        }

        return left;
    }

    /// <summary>Opens alerts about services, and closes those that are over.</summary>
    /// <param name="wanted">What is to be open afterwards; nothing else about services is.</param>
    /// <param name="now">Unix milliseconds.</param>
    public async Task AlertsAsync(ActorContext actor, IReadOnlyDictionary<AlertSubject, string> wanted, long now)
    {
        foreach (var part in wanted.Chunk(Bulk.UnitIds))
        {
            await writes.RunAsync(actor, unit =>
            {
                var open = OpenAlerts(unit);
                foreach (var (subject, said) in part.Where(one => open.GetValueOrDefault(one.Key) != one.Value))
                {
                    Alerts.Raise(unit, provider, subject.Kind, subject.UpstreamService, new("as_found", said), now);
                }

                return part.Length;
            });
        }

        // Each unit closes a bounded number; one that closes fewer has found the last.
        while (await writes.RunAsync(actor, unit => End(unit, wanted, now)) == Bulk.UnitIds)
        {
        }
    }

    /// <summary>Writes down, inside a unit, that the catalogue was compared, and what was wrong with it as a whole.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="wrong">For people; null when nothing was.</param>
    /// <param name="whole">The catalogue; null when it was not a whole one.</param>
    /// <param name="now">Unix milliseconds.</param>
    public void Compared(UnitOfWork unit, Domain.Phrase? wrong, UpstreamCatalogue? whole, long now)
    {
        if (whole is not null)
        {
            Remember(unit, provider, whole);
        }

        if (wrong is null)
        {
            Alerts.End(unit, provider, AlertKind.Catalogue, "", now);
        }
        else
        {
            Alerts.Raise(unit, provider, AlertKind.Catalogue, "", wrong, now);
        }

        if (unit.Db.Providers.FirstOrDefault(row => row.Id == provider) is { } row)
        {
            row.ComparedAt = now;
            unit.Db.Providers.Attach(row).Property(one => one.ComparedAt).IsModified = true;
        }
    }

    /// <summary>Remembers, inside a unit, how large a whole catalogue is, and how its numbers are written.</summary>
    public static void Remember(UnitOfWork unit, int provider, UpstreamCatalogue whole) => unit.Db.Providers
        .Where(row => row.Id == provider)
        .ExecuteUpdate(row => row
            .SetProperty(p => p.CatalogueRows, whole.Services.Count)
            .SetProperty(p => p.DecimalSign, p => whole.Sign == DecimalSign.Unknown ? p.DecimalSign : whole.Sign));

    private static List<RouteComparison> Write(UnitOfWork unit, List<RouteComparison> changes, long now)
    {
        var routeIds = changes.Select(change => change.Route.Id).ToList();
        var serviceIds = changes.Select(change => change.Service.Id).Distinct().ToList();
        var routes = unit.Db.Routes.Where(row => routeIds.Contains(row.Id)).ToDictionary(row => row.Id);
        var services = unit.Db.Services.Where(row => serviceIds.Contains(row.Id)).ToDictionary(row => row.Id);
        var written = new List<RouteComparison>(changes.Count);
        foreach (var change in changes)
        {
            if (routes.GetValueOrDefault(change.Route.Id) is not { } route || !RouteCopy.Same(route, change.Ours.Route)
                || services.GetValueOrDefault(change.Service.Id) is not { } service || !change.IsAsRead(service))
            {
                continue;
            }

            if (change.ChangesRoute)
            {
                unit.Db.Routes.Update(change.Route);
            }

            if (change.ChangesService)
            {
                service.Rate = change.Service.Rate;
                service.Name = change.Service.Name;
                service.Category = change.Service.Category;
                service.Min = change.Service.Min;
                service.Max = change.Service.Max;
                unit.Db.Services.Update(service);
            }

            written.Add(change);
        }

        if (written.Count > 0)
        {
            unit.Save();
            unit.ChangesCatalogue();
        }

        // Another provider's routes of these services are measured by the new prices, too.
        foreach (var service in written.Where(change => change.ChangesService).Select(change => change.Service.Id).Distinct())
        {
            MarginGuard.Locked(unit, service, now);
        }

        return written;
    }

    private int End(UnitOfWork unit, IReadOnlyDictionary<AlertSubject, string> wanted, long now)
    {
        var over = OpenAlerts(unit).Keys.Where(open => !wanted.ContainsKey(open)).Take(Bulk.UnitIds).ToList();
        foreach (var (kind, service) in over)
        {
            Alerts.End(unit, provider, kind, service, now);
        }

        return over.Count;
    }

    private Dictionary<AlertSubject, string> OpenAlerts(UnitOfWork unit) => unit.Db.Alerts
        .Where(row => row.ProviderId == provider && row.ClosedAt == null && AboutServices.Contains(row.Kind))
        .ToDictionary(row => new AlertSubject(row.Kind, row.Subject), row => row.Said);
}
