using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Jobs;

namespace PanelServer.Providers.Dispatch;

/// <summary>
/// Submits to one provider what is due: orders, refills, cancel requests. A look claims what is due, as much in one unit of
/// work as the provider may be called for, and lets the calls go on by themselves.
/// </summary>
internal sealed class OutboxDispatcher(ProviderChannel channel) : IDisposable
{
    /// <summary>Scheduled work that one look finds at the most.</summary>
    public const int LookSize = 256;

    /// <summary>Rows that are made due in one unit.</summary>
    private const int MaxMadeDue = 500;

    private readonly SemaphoreSlim _looking = new(1);
    private readonly SubmissionCalls _calls = new(channel);

    /// <summary>Ends when everything has ended that was under way.</summary>
    public Task UnderWayAsync() => _calls.UnderWayAsync();

    /// <summary>One look at what is due, in the order of <see cref="SubmissionHandlers.All"/>.</summary>
    /// <param name="withOrders">Whether new orders are submitted.</param>
    /// <param name="stop">Nothing more is begun; what is under way ends.</param>
    /// <param name="abort">What is under way is given up.</param>
    /// <returns>Whether there may be more to submit.</returns>
    public async Task<bool> SubmitAsync(bool withOrders, CancellationToken stop, CancellationToken abort)
    {
        await _looking.WaitAsync(stop);
        try
        {
            var isMore = false;
            foreach (var handler in HandlersOf(withOrders))
            {
                var due = DueOf(handler, channel.Now);
                await BeginAsync(handler, due, new(), stop, abort);
                isMore |= due.Count == LookSize;
            }

            return isMore && !channel.Circuit.IsFailing;
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <summary>
    /// A pass that an operator asks for, over all that is to be submitted, due or not. It ends with what was due when it
    /// began, however many orders are placed meanwhile.
    /// </summary>
    /// <param name="statistics">What was done is counted there.</param>
    /// <param name="withOrders">Whether new orders are submitted.</param>
    /// <param name="stop">Nothing more is begun; what is under way ends.</param>
    /// <param name="abort">What is under way is given up.</param>
    public async Task SubmitAllAsync(DispatchStatistics statistics, bool withOrders, CancellationToken stop, CancellationToken abort)
    {
        await _looking.WaitAsync(stop);
        try
        {
            var handlers = HandlersOf(withOrders);
            await MakeDueAsync(channel, [.. handlers.Select(handler => handler.Work)]);
            var begun = channel.Now;
            foreach (var handler in handlers)
            {
                for (var due = DueOf(handler, begun); due.Count > 0 && !stop.IsCancellationRequested; due = DueOf(handler, begun))
                {
                    await BeginAsync(handler, due, statistics, stop, abort);
                    await UnderWayAsync();
                    if (channel.Circuit.IsFailing || IsTrialRefused())
                    {
                        return;
                    }
                }
            }

            // Also what a look before this pass has begun.
            await UnderWayAsync();
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <summary>Submits one order to a provider that is paused for unclear refusals, to probe whether it takes orders again.</summary>
    /// <param name="statistics">What was done is counted there.</param>
    /// <param name="stop">Nothing is begun any more.</param>
    /// <param name="abort">What is under way is given up.</param>
    public async Task ProbeAsync(DispatchStatistics statistics, CancellationToken stop, CancellationToken abort)
    {
        await _looking.WaitAsync(stop);
        try
        {
            if (FirstToSubmit() is { } due)
            {
                await BeginAsync(SubmissionHandlers.For(due.Kind)!, [due], statistics, stop, abort, isProbe: true);
                await UnderWayAsync();
            }
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <summary>The order that was put off least often; null when none waits.</summary>
    public ScheduledWork? FirstToSubmit() => channel.Context.Readers.Read(channel.Provider.Id, static (session, id) => session.Work.FirstToSend(id));

    public void Dispose() => _looking.Dispose();

    /// <summary>
    /// Makes everything of these kinds due that waits for its time. Only before a pass of these kinds, and not beside one:
    /// what that had just done would be due again, and neither would end.
    /// </summary>
    public static async Task MakeDueAsync(ProviderChannel channel, IReadOnlyList<WorkKind> kinds)
    {
        foreach (var kind in kinds)
        {
            var now = channel.Now;
            while (await channel.Context.Writes.RunAsync(ActorContext.System, unit => unit.Due.MakeDueNow(channel.Provider.Id, kind, now, MaxMadeDue)) == MaxMadeDue)
            {
            }
        }
    }

    private static List<ISubmissionHandler> HandlersOf(bool withOrders) =>
        [.. SubmissionHandlers.All.Where(handler => withOrders || !handler.PlacesOrder)];

    private List<ScheduledWork> DueOf(ISubmissionHandler handler, long until) => channel.Context.Readers.Read(
        (channel.Provider.Id, handler.Work, until),
        static (session, ask) => session.Work.DueOf(ask.Id, ask.Work, ask.until, LookSize));

    /// <summary>Claims what is due, as soon as the provider may be called, and lets the calls go on.</summary>
    private async Task BeginAsync(
        ISubmissionHandler handler,
        List<ScheduledWork> due,
        DispatchStatistics statistics,
        CancellationToken stop,
        CancellationToken abort,
        bool isProbe = false)
    {
        for (var at = 0; at < due.Count && !stop.IsCancellationRequested;)
        {
            // What waits for the provider's limits waits unclaimed: a crash must not make it unknown.
            var turns = await channel.TurnsAsync(Math.Min(due.Count - at, channel.Circuit.SubmissionsAtOnce), abort);
            try
            {
                // A submission that was begun before may have failed meanwhile: then no call is made, or one alone.
                var atOnce = channel.Circuit.SubmissionsAtOnce;
                if (stop.IsCancellationRequested || IsTrialRefused())
                {
                    return;
                }

                var batch = due.GetRange(at, Math.Min(turns.Count, atOnce));
                at += batch.Count;
                var calls = (await ClaimAsync(handler, batch, isProbe, abort)).ConvertAll(claimed =>
                {
                    var turn = turns[^1];
                    turns.RemoveAt(turns.Count - 1);
                    return _calls.Begin(handler, claimed, turn, statistics, abort);
                });

                // One alone is a trial: the next is claimed when its outcome is known.
                if (channel.Circuit.SubmissionsAtOnce == 1)
                {
                    turns.ForEach(turn => turn.Dispose());
                    await Task.WhenAll(calls);
                }
            }
            finally
            {
                turns.ForEach(turn => turn.Dispose());
            }
        }
    }

    /// <summary>Whether only one may be called at a time, and not even that one now.</summary>
    private bool IsTrialRefused() => channel.Circuit.SubmissionsAtOnce == 1 && !channel.Current().Circuit.IsClosed;

    /// <summary>Claims in one unit; what is wrong with one must not keep the others from being submitted.</summary>
    private async Task<List<ClaimedSubmission>> ClaimAsync(ISubmissionHandler handler, List<ScheduledWork> batch, bool isProbe, CancellationToken abort)
    {
        try
        {
            batch.ForEach(_ => channel.Context.Reached(CrashPoint.BeforeClaim));
            return await channel.Context.Writes.RunAsync(ActorContext.System, unit => Claim(unit, handler, batch, isProbe));
        }
#pragma warning disable CA1031 // Each is claimed alone.
        catch (Exception error) when (error is not WritesUnavailableException && batch.Count > 1)
#pragma warning restore CA1031
        {
            var claimed = new List<ClaimedSubmission>();
            foreach (var one in batch)
            {
                try
                {
                    claimed.AddRange(await ClaimAsync(handler, [one], isProbe, abort));
                }
                catch (WritesUnavailableException) when (claimed.Count > 0)
                {
                    // What is claimed already must be called; the rest stays due.
                    break;
                }
            }

            return claimed;
        }
#pragma warning disable CA1031 // It is put off and told.
        catch (Exception error) when (error is not WritesUnavailableException)
#pragma warning restore CA1031
        {
            var due = batch[0];
            channel.Context.Log.LogError(error, "{Kind} of order {Order} to provider {Provider} failed and is put off", due.Kind, due.Order, channel.Provider.Name);
            await channel.WriteAsync(unit => unit.Due.Postpone(due, channel.Now + (long)JobRunner.DelayAfter(due.Attempts).TotalMilliseconds), abort);
            return [];
        }
    }

    private List<ClaimedSubmission> Claim(UnitOfWork unit, ISubmissionHandler handler, List<ScheduledWork> batch, bool isProbe)
    {
        var all = new List<ClaimedSubmission>(batch.Count);
        foreach (var due in batch)
        {
            if (handler.Claim(unit, due, channel.Provider.Id, channel.Now, isProbe) is { } claimed)
            {
                all.Add(claimed);
            }

            unit.EndPart();
        }

        return all;
    }
}
