using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain.Providers;
using PanelServer.Texts;

namespace PanelServer.Providers.Dispatch;

/// <summary>
/// Decides what is done with one provider at this moment, by its circuit breaker: submit, poll, test, probe, or let its orders
/// take other routes.
/// </summary>
/// <param name="context">What all workers share.</param>
/// <param name="workers">The workers.</param>
/// <param name="activities">Where the work runs.</param>
/// <param name="checks">Balance and catalogue.</param>
/// <param name="cancellation">How work ends when the panel stops.</param>
internal sealed class ProviderRound(
    DispatchContext context,
    ProviderWorkers workers,
    ProviderActivities activities,
    PeriodicChecks checks,
    DispatchCancellation cancellation)
{
    /// <summary>Begins everything that is due.</summary>
    public void Begin(ProviderView provider)
    {
        BeginDispatch(provider);
        activities.Begin(provider.Id, Activity.Poll, () => PollAsync(provider));
    }

    /// <summary>Begins to submit what is due.</summary>
    public void BeginDispatch(ProviderView provider) =>
        activities.Begin(provider.Id, Activity.Dispatch, () => DispatchAsync(provider));

    /// <summary>
    /// Submits what is due. What is about orders that the provider has goes to it also while it is paused; new orders go to
    /// another route, if they have one.
    /// </summary>
    /// <returns>Whether there is more to do at once.</returns>
    private async Task<bool> DispatchAsync(ProviderView provider)
    {
        using var lease = workers.Rent(provider);
        if (lease is not { Worker: var worker })
        {
            return await RerouteAsync(provider.Id);
        }

        var circuit = provider.Circuit;
        var hasRerouted = !circuit.TakesOrders && await RerouteAsync(provider.Id);
        var isMore = circuit.IsCalledAboutOrders && await worker.Dispatcher.SubmitAsync(circuit.TakesOrders, cancellation.Stop, cancellation.AbortSubmissions);
        if (circuit.IsProbeDue(Now))
        {
            await ProbeAsync(worker, provider);
        }

        return hasRerouted || isMore;
    }

    /// <summary>Probes a provider that is paused for unclear refusals: by a query, and when that is answered by one order.</summary>
    private async Task ProbeAsync(ProviderWorker worker, ProviderView provider)
    {
        if (worker.Dispatcher.FirstToSubmit() is not null
            && await context.Writes.RunAsync(ActorContext.System, unit => ProviderCircuit.TakeProbe(unit, provider.Id, dueOrNot: false, Now))
            && await worker.Poller.PollBalanceAsync(provider, cancellation.AbortQueries) is null)
        {
            await worker.Dispatcher.ProbeAsync(new(), cancellation.Stop, cancellation.AbortSubmissions);
        }
    }

    /// <summary>Orders that wait for a provider which takes none now go to another route where there is one.</summary>
    /// <returns>Whether any has gone to another provider.</returns>
    private async Task<bool> RerouteAsync(int provider)
    {
        var now = Now;
        var due = context.Readers.Read((provider, now), static (session, ask) => session.Work.DueOf(ask.provider, WorkKind.Send, ask.now, OutboxDispatcher.LookSize));
        return due.Count > 0
            && await context.Writes.RunAsync(ActorContext.System, unit => due.FindAll(one => OrderRouting.Reroute(unit, one, provider, now)).Count > 0);
    }

    /// <returns>Whether there is more to do at once.</returns>
    private async Task<bool> PollAsync(ProviderView provider)
    {
        using var lease = workers.Rent(provider);
        if (lease is not { Worker: var worker })
        {
            await context.Writes.RunAsync(ActorContext.System, unit =>
            {
                ProviderCircuit.Pause(unit, provider.Id, RejectionReason.Key, CommandLineTexts.Of(ProviderDirectory.KeyLost(provider.Name)), Now);
                return true;
            });
            return false;
        }

        if (!provider.Circuit.IsClosed)
        {
            // Half-open, one query tests it; when that is answered the next round follows at once.
            return provider.Circuit.IsHalfOpen(Now)
                && await worker.Poller.PollBalanceAsync(provider, cancellation.AbortQueries) is null;
        }

        await PeriodicChecks.CheckBalanceAsync(worker, provider, Now, cancellation.AbortQueries);
        if (provider.Circuit.IsCalledAboutOrders)
        {
            await worker.Poller.AskAsync(new(), dueOrNot: false, cancellation.Stop, cancellation.AbortQueries);
            await checks.CompareCatalogueAsync(provider, Now, cancellation.AbortQueries);
        }

        return false;
    }

    private long Now => context.Clock.GetUtcNow().ToUnixTimeMilliseconds();
}
