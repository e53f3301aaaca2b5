using PanelServer.Catalogue;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Catalogue;

/// <summary>How a provider's catalogue is taken over.</summary>
internal sealed record SyncOptions
{
    /// <summary>Find what would be done, and write nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Take jumps over like any change.</summary>
    public bool AcceptJumps { get; init; }

    /// <summary>Accept a catalogue in which most of our services are missing.</summary>
    public bool AcceptRemovals { get; init; }

    /// <summary>A change of cost by more than this is a jump; basis points.</summary>
    public int JumpPercent { get; init; } = ComparisonOptions.DefaultJump;

    /// <summary>The percentage of the mark-up of all the provider's services from now on; null keeps what it is.</summary>
    public int? MarkupPercent { get; init; }
}

/// <summary>What a sync has done, or would do.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="Currency">The provider's currency; null when it is not known.</param>
/// <param name="Routes">How many routes were compared.</param>
/// <param name="Differences">What differed.</param>
/// <param name="Unusable">Rows of its catalogue that cannot be used.</param>
/// <param name="Left">Routes that somebody has changed meanwhile, and that were left as they are.</param>
/// <param name="Stopped">Why it ended before its end; null when it did not.</param>
internal sealed record SyncReport(
    string Provider,
    string? Currency,
    int Routes,
    IReadOnlyList<Difference> Differences,
    IReadOnlyList<UnusableService> Unusable,
    int Left = 0,
    Refusal? Stopped = null)
{
    /// <summary>Rows of which something could not be read.</summary>
    public IReadOnlyList<UnusableService> Mended { get; init; } = [];
}

/// <summary>Takes over what a provider's catalogue says of the services it delivers: costs, and what follows them.</summary>
internal sealed class SyncServices(WriteQueue writes, PanelDatabase database, CurrentCatalogue catalogue, TimeProvider clock)
{
    /// <summary>Compares, and takes over unless it is a dry run.</summary>
    /// <param name="provider">The provider's id.</param>
    /// <param name="theirs">Its catalogue, just read.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <returns>What was done; refused when costs cannot be turned into prices, or the catalogue is rejected as incomplete.</returns>
    /// <exception cref="WritesUnavailableException">Nothing was written.</exception>
    public async Task<Result<SyncReport>> RunAsync(ActorContext actor, int provider, UpstreamCatalogue theirs, SyncOptions options, IProgress<double> progress)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (!Read(provider).Try(out var books, out var refusal) || (refusal = books.CurrencyUnknown) is not null)
        {
            return refusal;
        }

        var takeOver = new ApplyCatalogueSync(writes, provider);
        if (!options.AcceptRemovals && CatalogueComparison.Unbelievable(books, theirs) is { } unbelieved)
        {
            if (!options.DryRun)
            {
                await writes.RunAsync(actor, unit =>
                {
                    Alerts.Raise(unit, provider, AlertKind.Catalogue, "", unbelieved, now);
                    return 0;
                });
            }

            return unbelieved;
        }

        var comparison = CatalogueComparison.Of(books.Routed, theirs, new()
        {
            Exchange = books.Exchange,
            Markups = options.MarkupPercent is { } percent ? books.WithPercent(percent) : books.Markups,
            TakesOver = true,
            Jump = options.JumpPercent,
            AcceptsJumps = options.AcceptJumps,
            Now = now,
        });
        var report = new SyncReport(books.Provider.Name, books.Provider.Currency, books.Routed.Count, [.. comparison.Differences], theirs.Unusable) { Mended = theirs.Mended };
        return options.DryRun ? report : await WriteAsync(actor, takeOver, books.Provider, comparison, theirs, options, report, now, progress);
    }

    private async Task<SyncReport> WriteAsync(
        ActorContext actor,
        ApplyCatalogueSync takeOver,
        ProviderRow provider,
        CatalogueComparison comparison,
        UpstreamCatalogue theirs,
        SyncOptions options,
        SyncReport report,
        long now,
        IProgress<double> progress)
    {
        if (options.MarkupPercent is { } percent)
        {
            await writes.RunAsync(actor, unit => SetMarkup.SetPercent(unit, provider, percent, now));
        }

        var isBegun = options.MarkupPercent is not null;
        try
        {
            var left = await takeOver.RoutesAsync(
                actor,
                comparison.Routes,
                now,
                (unit, written, at) =>
                {
                    isBegun = true;
                    Audit.Write(unit, at, "provider sync", $"provider {provider.Name}", SyncCounts.Of(written.SelectMany(route => route.Differences)));
                },
                progress);
            report = report with { Left = left };
            await takeOver.AlertsAsync(actor, comparison.Alerts, now);
            await writes.RunAsync(actor, unit =>
            {
                takeOver.Compared(unit, CatalogueComparison.UnusableRows(theirs), theirs, now);
                return 0;
            });
            return report;
        }
        catch (WritesUnavailableException error) when (isBegun)
        {
            return report with { Stopped = new("stopped", error.Message) };
        }
        finally
        {
            catalogue.Forget();
        }
    }

    private Result<ProviderCatalogueState> Read(int provider)
    {
        using var db = database.OpenReadingDb();
        return ProviderCatalogueState.Read(db, provider);
    }
}
