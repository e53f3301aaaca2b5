using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Catalogue;

/// <summary>
/// Looks whether a provider's catalogue still is what we sell by. It changes no price and no cost: it locks routes of
/// which more would be lost than earned, or that are not there any more, unlocks them again, and tells operators.
/// </summary>
internal sealed class CompareCatalogue(WriteQueue writes, PanelDatabase database, TimeProvider clock)
{
    /// <summary>Compares, and writes locks, alerts and when it was. A rejected catalogue counts as looked at, too.</summary>
    /// <param name="provider">The provider's id.</param>
    /// <param name="theirs">Its catalogue, just read.</param>
    /// <returns>How many alerts were opened; refused when costs cannot be compared, or the catalogue is rejected as incomplete.</returns>
    /// <exception cref="WritesUnavailableException">The rest was not written; a further look writes it.</exception>
    public async Task<Result<int>> RunAsync(ActorContext actor, int provider, UpstreamCatalogue theirs)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (!Read(provider).Try(out var books, out var refusal))
        {
            return refusal;
        }

        var takeOver = new ApplyCatalogueSync(writes, provider);
        if (books.CurrencyUnknown is { } unknown)
        {
            await ComparedAsync(actor, takeOver, null, null, now);
            return unknown;
        }

        if (CatalogueComparison.NotWhole(books, theirs) is { } unbelieved)
        {
            await ComparedAsync(actor, takeOver, unbelieved, null, now);
            return unbelieved;
        }

        var comparison = CatalogueComparison.Of(
            books.Routed,
            theirs,
            new() { Exchange = books.Exchange, Markups = books.Markups, TakesOver = false, Now = now });
        await takeOver.RoutesAsync(actor, comparison.Routes, now, audit: null, new Progress<double>());
        await takeOver.AlertsAsync(actor, comparison.Alerts, now);
        await ComparedAsync(actor, takeOver, CatalogueComparison.UnusableRows(theirs), theirs, now);
        return comparison.Alerts.Count;
    }

    /// <summary>It could not be read: an alert says so, and it is fetched again after the usual time.</summary>
    public Task UnreadAsync(ActorContext actor, int provider, Domain.Phrase why) =>
        ComparedAsync(actor, new ApplyCatalogueSync(writes, provider), why, null, clock.GetUtcNow().ToUnixTimeMilliseconds());

    private Task<int> ComparedAsync(ActorContext actor, ApplyCatalogueSync takeOver, Domain.Phrase? wrong, UpstreamCatalogue? whole, long now) => writes.RunAsync(actor, unit =>
    {
        takeOver.Compared(unit, wrong, whole, now);
        return 0;
    });

    private Result<ProviderCatalogueState> Read(int provider)
    {
        using var db = database.OpenReadingDb();
        return ProviderCatalogueState.Read(db, provider);
    }
}
