using PanelServer.Data;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Catalogue;

namespace PanelServer.Providers.Dispatch;

/// <summary>Asks a provider from time to time for our balance there, and compares its catalogue with ours.</summary>
/// <param name="upstream">The providers as they can be called.</param>
/// <param name="catalogue">Compares a catalogue with ours.</param>
internal sealed class PeriodicChecks(ProviderDirectory upstream, CompareCatalogue catalogue)
{
    /// <summary>How often the balance is asked for where nothing is submitted for our money or our key.</summary>
    private static readonly TimeSpan RefusedPeriod = TimeSpan.FromMinutes(1);

    /// <summary>How often a catalogue is compared with ours.</summary>
    private static readonly TimeSpan ComparePeriod = TimeSpan.FromHours(6);

    /// <summary>Asks for the balance if it is time.</summary>
    public static async Task CheckBalanceAsync(ProviderWorker worker, ProviderView provider, long now, CancellationToken abort)
    {
        var period = provider.Paused is Pause.Funds or Pause.Key ? RefusedPeriod : WatchBalance.Period;
        if (Math.Max(provider.BalanceAt ?? 0, worker.Poller.BalanceAskedAt) + (long)period.TotalMilliseconds <= now)
        {
            await worker.Poller.PollBalanceAsync(provider, abort);
        }
    }

    /// <summary>Compares the catalogue if it is time.</summary>
    public async Task CompareCatalogueAsync(ProviderView provider, long now, CancellationToken abort)
    {
        if ((provider.ComparedAt ?? provider.CreatedAt) + (long)ComparePeriod.TotalMilliseconds > now)
        {
            return;
        }

        if ((await upstream.ServicesAsync(provider.Id, abort)).Try(out var theirs, out var refusal))
        {
            await catalogue.RunAsync(ActorContext.System, provider.Id, theirs);
        }
        else if (!abort.IsCancellationRequested)
        {
            await catalogue.UnreadAsync(ActorContext.System, provider.Id, refusal);
        }
    }
}
