using System.Collections.Concurrent;
using System.Globalization;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain.Providers;
using PanelServer.Jobs;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Dispatch;

/// <summary>
/// Sends to one provider: orders, refills, wishes to cancel. A look claims what is due and lets the calls go on by
/// themselves, so that one slow answer holds up no other sending.
/// </summary>
internal sealed class OutboxDispatcher(ProviderChannel channel) : IDisposable
{
    /// <summary>What one look at the due rows finds at the most.</summary>
    public const int LookSize = 256;

    /// <summary>Rows that are hastened in one unit.</summary>
    private const int HastenedAtOnce = 500;

    private readonly SemaphoreSlim _looking = new(1);
    private readonly ConcurrentDictionary<int, Task> _underWay = new();

    /// <summary>Ends when everything has ended that was under way.</summary>
    public Task UnderWayAsync() => Task.WhenAll(_underWay.Values);

    /// <summary>
    /// One look at what is to be sent: wishes to cancel and refills, which are about what the provider has, before new
    /// orders, which a paused provider does not get.
    /// </summary>
    /// <param name="withOrders">Whether orders are sent.</param>
    /// <param name="stop">Nothing more is begun; what is under way ends.</param>
    /// <param name="abort">What is under way is given up.</param>
    /// <returns>Whether there may be more to send.</returns>
    public async Task<bool> SendAsync(bool withOrders, CancellationToken stop, CancellationToken abort)
    {
        await _looking.WaitAsync(stop);
        try
        {
            var isMore = false;
            foreach (var handler in HandlersOf(withOrders))
            {
                var due = DueOf(handler.Work, channel.Now);
                await BeginAsync(handler, due, new(), stop, abort);
                isMore |= due.Count == LookSize;
            }

            return isMore && !channel.IsFailing;
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <summary>
    /// A pass by an operator's word over all that is to be sent, due or not. It ends with what was due when it began, however
    /// many orders come meanwhile.
    /// </summary>
    /// <param name="statistics">What was done is counted there.</param>
    /// <param name="withOrders">Whether orders are sent.</param>
    /// <param name="stop">Nothing more is begun; what is under way ends.</param>
    /// <param name="abort">What is under way is given up.</param>
    public async Task SendAllAsync(DispatchStatistics statistics, bool withOrders, CancellationToken stop, CancellationToken abort)
    {
        await _looking.WaitAsync(stop);
        try
        {
            var handlers = HandlersOf(withOrders);
            await HastenAsync(channel, [.. handlers.Select(handler => handler.Work)]);
            var begun = channel.Now;
            foreach (var handler in handlers)
            {
                for (var due = DueOf(handler.Work, begun); due.Count > 0 && !stop.IsCancellationRequested; due = DueOf(handler.Work, begun))
                {
                    await BeginAsync(handler, due, statistics, stop, abort);
                    await UnderWayAsync();
                    if (channel.IsFailing)
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

    /// <summary>Sends one order to a provider that is paused for strange answers, to see whether it takes orders again.</summary>
    /// <param name="statistics">What was done is counted there.</param>
    /// <param name="stop">Nothing is begun any more.</param>
    /// <param name="abort">What is under way is given up.</param>
    public async Task ProbeAsync(DispatchStatistics statistics, CancellationToken stop, CancellationToken abort)
    {
        await _looking.WaitAsync(stop);
        try
        {
            if (FirstToSend() is { } due)
            {
                await BeginOneAsync(SubmissionHandlers.For(due.Kind)!, due, statistics, stop, abort, isProbe: true);
                await UnderWayAsync();
            }
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <summary>The order that was put off least often; null when none waits.</summary>
    public ScheduledWork? FirstToSend() => channel.Context.Readers.Read(channel.Provider.Id, static (reader, id) => reader.FirstToSend(id));

    public void Dispose() => _looking.Dispose();

    /// <summary>
    /// Lets everything of these kinds that waits for its time be due now. To be done by a pass of these kinds and not beside
    /// one: what that had just done would be hastened again, and neither would end.
    /// </summary>
    public static async Task HastenAsync(ProviderChannel channel, IReadOnlyList<WorkKind> kinds)
    {
        foreach (var kind in kinds)
        {
            var now = channel.Now;
            while (await channel.Context.Writes.RunAsync(ActorContext.System, unit => unit.Due.MakeDueNow(channel.Provider.Id, kind, now, HastenedAtOnce)) == HastenedAtOnce)
            {
            }
        }
    }

    private static List<ISubmissionHandler> HandlersOf(bool withOrders) =>
        [.. SubmissionHandlers.All.Where(handler => withOrders || !handler.PlacesOrder)];

    private List<ScheduledWork> DueOf(WorkKind kind, long until) => channel.Context.Readers.Read(
        (channel.Provider.Id, kind, until),
        static (reader, ask) => reader.DueOf(ask.Id, ask.kind, ask.until, LookSize));

    /// <summary>Begins what is due, each as soon as the provider may be called. Claims that come at once share a commit.</summary>
    private Task BeginAsync(ISubmissionHandler handler, List<ScheduledWork> due, DispatchStatistics statistics, CancellationToken stop, CancellationToken abort) => Parallel.ForEachAsync(
        due,
        new ParallelOptions { MaxDegreeOfParallelism = channel.SendingsAtOnce },
        async (one, _) => await BeginOneAsync(handler, one, statistics, stop, abort));

    /// <summary>Claims one thing and lets its call go on; whatever is wrong with it must not keep the others from being sent.</summary>
    private async Task BeginOneAsync(ISubmissionHandler handler, ScheduledWork due, DispatchStatistics statistics, CancellationToken stop, CancellationToken abort, bool isProbe = false)
    {
        if (stop.IsCancellationRequested)
        {
            return;
        }

        // Whatever waits for its turn with the provider waits unclaimed: a crash must not make it unknown.
        var turn = await channel.TurnAsync(abort);
        try
        {
            // Another sending of this look may have failed: then the provider is left alone.
            if (stop.IsCancellationRequested || (channel.SendingsAtOnce == 1 && IsLeftAlone()))
            {
                return;
            }

            channel.Context.Reached(CrashPoint.BeforeClaim);
            if (await channel.Context.Writes.RunAsync(ActorContext.System, unit => handler.Claim(unit, due, channel.Provider.Id, channel.Now, isProbe)) is not { } claimed)
            {
                return;
            }

            var sending = SendAsync(handler, claimed, turn, statistics, abort);
            turn = null;
            _underWay[claimed.Id] = sending;
            _ = sending.ContinueWith(_ => _underWay.TryRemove(claimed.Id, out var _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

            // One alone is sent as a trial, and the next only when its outcome is known.
            if (channel.SendingsAtOnce == 1)
            {
                await sending;
            }
        }
#pragma warning disable CA1031 // It is put off and told.
        catch (Exception error) when (error is not WritesUnavailableException)
#pragma warning restore CA1031
        {
            channel.Context.Log.LogError(error, "{Kind} of order {Order} to provider {Provider} failed and is put off", due.Kind, due.Order, channel.Provider.Name);
            await channel.WriteAsync(unit => unit.Due.Postpone(due, channel.Now + (long)JobRunner.DelayAfter(due.Attempts).TotalMilliseconds), abort);
        }
        finally
        {
            turn?.Dispose();
        }
    }

    private bool IsLeftAlone() => channel.Context.Readers.Read(
        channel.Provider.Id,
        static (reader, id) => reader.Providers().Find(one => one.Id == id)) is { OpenUntil: not null };

    /// <summary>Makes the call and writes down what came of it, whatever that is.</summary>
    private async Task SendAsync(ISubmissionHandler handler, ClaimedSubmission claimed, IDisposable turn, DispatchStatistics statistics, CancellationToken abort)
    {
        try
        {
            channel.Context.Reached(CrashPoint.Claimed);
            var said = await handler.SendAsync(channel.Api, channel.Account, claimed, abort);
            channel.Context.Reached(CrashPoint.Answered);
            var (asked, balance) = await ConfirmRefusal.RunAsync(channel, claimed, said, abort);
            (ProviderView, UpstreamBalance)? heard = balance is null ? null : (channel.Current(), balance);
            var outcome = asked.Outcome;
            await channel.WriteAsync(unit => outcome = Settle(unit, handler, claimed, asked, heard), abort);
            channel.Context.Reached(CrashPoint.Settled);
            statistics.Sent(outcome);

            if (handler.PlacesOrder)
            {
                await channel.NoteSendingAsync(
                    asked.Outcome is SubmissionOutcome.Accepted or SubmissionOutcome.Rejected or SubmissionOutcome.Deferred,
                    asked.Reason,
                    abort);
            }

            if (asked.Outcome == SubmissionOutcome.Unknown && handler.PlacesOrder && balance is null && !abort.IsCancellationRequested)
            {
                await KeepBalanceAfterAsync(claimed, abort);
            }
        }
#pragma warning disable CA1031 // A bug must not leave a sending under way until the next start.
        catch (Exception error) when (error is not WritesUnavailableException)
#pragma warning restore CA1031
        {
            channel.Context.Log.LogError(error, "Sending {Sending} of order {Order} to provider {Provider} failed", claimed.Id, claimed.Order, channel.Provider.Name);
            await channel.WriteAsync(unit => RecoverInterruptedSubmissions.MarkUnknown(unit, claimed, $"this should not happen: {error.Message}", channel.Now), abort);
        }
        catch (WritesUnavailableException error)
        {
            channel.Context.Log.LogError("What came of sending {Sending} of order {Order} could not be written: {Reason}", claimed.Id, claimed.Order, error.Message);
        }
        finally
        {
            turn.Dispose();
        }
    }

    /// <param name="heard">The provider and what it said our balance is, where it was asked.</param>
    private SubmissionOutcome Settle(UnitOfWork unit, ISubmissionHandler handler, ClaimedSubmission claimed, SubmissionResult asked, (ProviderView Provider, UpstreamBalance Balance)? heard)
    {
        if (heard is { } told)
        {
            WatchBalance.Take(unit, told.Provider, told.Balance, channel.Now);
            ReconcileSubmission.KeepBalanceAfter(unit, claimed.Id, told.Balance.Units);
        }

        if (handler.PlacesOrder)
        {
            var words = string.Create(CultureInfo.InvariantCulture, $"{asked.Reason} (order {claimed.Order})");
            channel.Heed(unit, JudgeRefusal.IsAgain(unit, claimed, asked) ? null : asked.Objection, asked.IsConfirmed, words, asked.Exchange);
        }

        return handler.Complete(unit, claimed, asked, channel.Now);
    }

    /// <summary>What the balance is after a sending of which it is not known what came of it: a person compares.</summary>
    private async Task KeepBalanceAfterAsync(ClaimedSubmission claimed, CancellationToken abort)
    {
        var read = await channel.Api.BalanceAsync(channel.Account, abort);
        if (read.Value is { } balance)
        {
            await channel.WriteAsync(unit => ReconcileSubmission.KeepBalanceAfter(unit, claimed.Id, balance.Units), abort);
        }
    }
}
