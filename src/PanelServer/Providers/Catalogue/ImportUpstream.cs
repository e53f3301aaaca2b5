using PanelServer.Catalogue;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Catalogue;

/// <summary>
/// Makes services of a provider's, each with a route to it. Written in units of at most 500 services, each whole; what is
/// already routed is skipped, so a further run goes on where one was stopped.
/// </summary>
internal sealed class ImportUpstream(WriteQueue writes, PanelDatabase database, CurrentCatalogue catalogue, TimeProvider clock)
{
    /// <summary>Services imported at once.</summary>
    public const int MaxServices = 20_000;

    private static readonly Refusal AlreadyRouted = new("not_imported.known");

    private sealed record Chosen(UpstreamService Theirs, Service Ours);

    /// <summary>Imports what is chosen, after the services that are there.</summary>
    /// <param name="provider">The provider's id.</param>
    /// <param name="theirs">Its catalogue, just read.</param>
    /// <param name="selection">What, and as what.</param>
    /// <param name="dryRun">Only find what would be done.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <returns>What was done; refused when nothing or too much is chosen, or costs cannot be turned into prices.</returns>
    /// <exception cref="WritesUnavailableException">Nothing was written.</exception>
    public async Task<Result<ImportReport>> RunAsync(
        ActorContext actor,
        int provider,
        UpstreamCatalogue theirs,
        ImportSelection selection,
        bool dryRun,
        IProgress<double> progress)
    {
        if (!Read(provider).Try(out var books, out var refusal) || (refusal = books.CurrencyUnknown) is not null)
        {
            return refusal;
        }

        if (selection.Into is { } into && !WireText.IsLine(into, Limits.TextLength, Joiners.WhereTheyJoin))
        {
            return new Refusal("incorrect_text.category_into", Limits.TextLength);
        }

        var skipped = new List<SkippedRow>();
        var chosen = Choose(books, theirs, selection, skipped);
        if (chosen.Count == 0 && skipped.Count == 0)
        {
            return new Refusal("nothing_chosen", books.Provider.Name);
        }

        if (chosen.Count > MaxServices)
        {
            return new Refusal("too_many_services", chosen.Count, MaxServices);
        }

        var imported = dryRun
            ? new ImportReport([.. chosen.Select(one => Imported(null, one))], skipped)
            : await WriteAsync(actor, books.Provider, theirs, chosen, skipped, progress);
        return imported.Try(out var report, out var stopped) ? report with { Mended = theirs.Mended } : stopped;
    }

    private static List<Chosen> Choose(
        ProviderCatalogueState books,
        UpstreamCatalogue theirs,
        ImportSelection selection,
        List<SkippedRow> skipped)
    {
        var terms = new ComparisonOptions { Exchange = books.Exchange, Markups = books.Markups, TakesOver = true };
        var routed = books.Routed.Select(one => one.Route.UpstreamService).ToHashSet(StringComparer.Ordinal);
        var listed = new HashSet<string>(StringComparer.Ordinal);
        var chosen = new List<Chosen>();
        foreach (var service in theirs.Services.Where(selection.Takes))
        {
            var known = !listed.Add(service.Id) ? new Refusal("not_imported.twice") : routed.Contains(service.Id) ? AlreadyRouted : null;
            if (known is not null)
            {
                skipped.Add(new(service.Id, service.Name, known));
            }
            else if (ServiceDrafting.Of(service, selection, terms).Try(out var ours, out var unfit))
            {
                chosen.Add(new(service, ours));
            }
            else
            {
                skipped.Add(new(service.Id, service.Name, unfit));
            }
        }

        foreach (var row in theirs.Unusable.Where(row => selection.TakesUnusable(row) && listed.Add(row.Id)))
        {
            skipped.Add(new(row.Id, row.Name, new("not_imported.unusable", row.Why)));
        }

        // Ids were named one by one: none is passed over in silence.
        var there = theirs.Services.Select(one => one.Id).Concat(listed).ToHashSet(StringComparer.Ordinal);
        skipped.AddRange(selection.Services.Where(there.Add).Select(id => new SkippedRow(id, "", new("not_imported.not_listed"))));
        return chosen;
    }

    private async Task<Result<ImportReport>> WriteAsync(
        ActorContext actor,
        ProviderRow provider,
        UpstreamCatalogue theirs,
        List<Chosen> chosen,
        List<SkippedRow> skipped,
        IProgress<double> progress)
    {
        var imported = new List<ImportedRow>(chosen.Count);
        var done = 0;
        try
        {
            await writes.RunAsync(actor, unit =>
            {
                ApplyCatalogueSync.Remember(unit, provider.Id, theirs);
                return 0;
            });
            foreach (var part in chosen.Chunk(Bulk.UnitIds))
            {
                var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
                if (!(await writes.RunAsync(actor, unit => Write(unit, provider, part, now))).Try(out var made, out var refusal))
                {
                    return imported.Count == 0 ? refusal : new ImportReport(imported, skipped, refusal);
                }

                imported.AddRange(made);
                var ids = made.Select(service => service.UpstreamService).ToHashSet(StringComparer.Ordinal);
                skipped.AddRange(part.Where(one => !ids.Contains(one.Theirs.Id)).Select(one => new SkippedRow(one.Theirs.Id, one.Theirs.Name, AlreadyRouted)));
                done += part.Length;
                progress.Report((double)done / chosen.Count);
            }
        }
        catch (WritesUnavailableException error) when (imported.Count > 0)
        {
            return new ImportReport(imported, skipped, new("stopped", error.Message));
        }
        finally
        {
            catalogue.Forget();
        }

        return new ImportReport(imported, skipped);
    }

    private static Result<List<ImportedRow>> Write(UnitOfWork unit, ProviderRow provider, Chosen[] part, long now)
    {
        // Somebody may have routed one since the books were read.
        var ids = part.Select(one => one.Theirs.Id).ToList();
        var routed = unit.Db.Routes
            .Where(row => row.ProviderId == provider.Id && ids.Contains(row.UpstreamService))
            .Select(row => row.UpstreamService)
            .ToHashSet(StringComparer.Ordinal);
        var fresh = part.Where(one => !routed.Contains(one.Theirs.Id)).ToList();
        var last = unit.Db.Services.Max(row => (int?)row.Id) ?? 0;
        if (last > Limits.MaxId - fresh.Count)
        {
            return ManageServices.NoIdLeft;
        }

        var position = ManageServices.NextPosition(unit);
        var made = new List<ImportedRow>(fresh.Count);
        foreach (var one in fresh)
        {
            var service = one.Ours with { Id = ++last, Position = position++ };
            unit.Services.Insert(service);
            unit.Db.Routes.Add(RouteTo(provider, service, one.Theirs, now));
            made.Add(Imported(service.Id, one));
        }

        if (made.Count > 0)
        {
            Audit.Write(
                unit,
                now,
                "provider import",
                $"provider {provider.Name}",
                FormattableString.Invariant($"{made.Count} services, {made[0].Id} to {made[^1].Id}"));
        }

        return made;
    }

    private static RouteRow RouteTo(ProviderRow provider, Service service, UpstreamService theirs, long now) => new()
    {
        ServiceId = service.Id,
        ProviderId = provider.Id,
        UpstreamService = theirs.Id,
        Cost = theirs.Rate,
        SeenCost = theirs.Rate,
        SeenAt = now,
        ListedCost = theirs.Rate,
        UpstreamMin = theirs.Min,
        UpstreamMax = theirs.Max,
        UpstreamName = theirs.Name,
        UpstreamCategory = theirs.Category,
        SyncedRate = service.Rate,
        CreatedAt = now,
    };

    private static ImportedRow Imported(int? id, Chosen one) =>
        new(id, one.Theirs.Id, one.Ours.Name, one.Ours.Category, one.Theirs.Rate, one.Ours.Rate);

    private Result<ProviderCatalogueState> Read(int provider)
    {
        using var db = database.OpenReadingDb();
        return ProviderCatalogueState.Read(db, provider);
    }
}
