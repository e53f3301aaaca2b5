using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;
using PanelServer.Providers.Dispatch;

namespace PanelServer.Providers.Polling;

/// <summary>Polls one provider: for the states of the orders and refills it has, many with a call, and for our balance there.</summary>
internal sealed class StatusPoller(ProviderChannel channel) : IDisposable
{
    /// <summary>Status calls in a row without an answer, until an alert is raised.</summary>
    private const int MaxUnanswered = 5;

    /// <summary>What falls due within this time is polled along with what is due, to fill calls.</summary>
    private static readonly TimeSpan PolledAlong = TimeSpan.FromSeconds(10);

    /// <summary>Until what had no answer is polled again.</summary>
    private static readonly TimeSpan Unanswered = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _polling = new(1);
    private readonly SemaphoreSlim _writing = new(1);
    private readonly BatchSize _orders = new(channel, ofOrders: true);
    private readonly BatchSize _refills = new(channel, ofOrders: false);
    private int _isAnswered;
    private int _unanswered;

    /// <summary>When the balance was last asked for, answered or not; unix milliseconds.</summary>
    public long BalanceAskedAt { get; private set; }

    /// <summary>
    /// A pass over what is due to be polled. It ends with what was due when it began: where a pass takes longer than the
    /// shortest pause, the first would be due again before the last.
    /// </summary>
    /// <param name="statistics">What was done is counted there.</param>
    /// <param name="dueOrNot">What waits for its time is made due.</param>
    /// <param name="stop">Nothing more is begun; what is under way ends.</param>
    /// <param name="abort">What is under way is given up.</param>
    public async Task AskAsync(DispatchStatistics statistics, bool dueOrNot, CancellationToken stop, CancellationToken abort)
    {
        await _polling.WaitAsync(stop);
        try
        {
            await OutboxDispatcher.MakeDueAsync(channel, dueOrNot ? [WorkKind.Order, WorkKind.Refill] : []);
            var begun = channel.Now;
            await UntilNothingIsDueAsync(() => PollsOfAsync(WorkKind.Order, _orders, begun), polls => PollOrdersAsync(polls, statistics, abort), stop);
            await UntilNothingIsDueAsync(() => PollsOfAsync(WorkKind.Refill, _refills, begun), polls => PollRefillsAsync(polls, statistics, abort), stop);
        }
        finally
        {
            _polling.Release();
        }
    }

    /// <summary>Asks for the balance; after failures this is the query that tests the circuit.</summary>
    /// <param name="current">The provider as it stands at this moment.</param>
    /// <param name="abort">It is given up.</param>
    /// <returns>Why there was no answer; null when there was.</returns>
    public async Task<string?> PollBalanceAsync(ProviderView current, CancellationToken abort)
    {
        channel.Circuit.Recall(current);
        BalanceAskedAt = channel.Now;
        var read = await channel.AskAsync(() => channel.Api.BalanceAsync(channel.Account, abort), abort);
        await channel.RecordCallAsync(read.Value is not null || read.Objection is not null || read.IsAmbiguous, read.Reason, abort);
        await channel.WriteAsync(
            unit =>
            {
                channel.HeedRefusal(unit, IsKeyRefused(read.Objection) ? RejectionReason.Key : read.Objection, IsKeyRefused(read.Objection), read.Reason, read.Exchange);
                if (read.Value is { } balance)
                {
                    WatchBalance.Take(unit, current, balance, channel.Now);
                }
                else if (read.IsAmbiguous)
                {
                    Alerts.Raise(unit, current.Id, AlertKind.Balance, "", new("alert.balance", read.Reason), channel.Now);
                }
            },
            abort);
        return read.Value is null ? read.Reason : null;
    }

    // Asked for our balance, an account that is not there is ours.
    private static bool IsKeyRefused(RejectionReason? objection) => objection is RejectionReason.Key or RejectionReason.Account;

    public void Dispose()
    {
        _polling.Dispose();
        _writing.Dispose();
    }

    /// <summary>Polls what is due, as many calls at a time as the provider takes, until there is nothing more or calls fail.</summary>
    private async Task UntilNothingIsDueAsync(
        Func<Task<IReadOnlyList<IReadOnlyList<PollDue>>>> look,
        Func<IReadOnlyList<PollDue>, Task> ask,
        CancellationToken stop)
    {
        for (var due = await look(); due.Count > 0 && !stop.IsCancellationRequested; due = await look())
        {
            await Parallel.ForEachAsync(
                due,
                new ParallelOptions { MaxDegreeOfParallelism = channel.Provider.Concurrency },
                async (polls, _) => await (stop.IsCancellationRequested ? Task.CompletedTask : ask(polls)));

            // The next round looks whether the provider is still to be asked at all.
            if (channel.Circuit.IsFailing)
            {
                return;
            }
        }
    }

    private async Task<IReadOnlyList<IReadOnlyList<PollDue>>> PollsOfAsync(WorkKind kind, BatchSize size, long now)
    {
        // As long as anything is due, what falls due soon is polled along with it.
        var ids = await size.NextAsync();
        var most = ids * channel.Provider.Concurrency;
        var polls = channel.Context.Readers.Read(
            (channel.Provider.Id, kind, until: now + (long)PolledAlong.TotalMilliseconds, most),
            static (session, ask) => session.Work.Polls(ask.Id, ask.kind, ask.until, ask.most));
        return polls.Exists(poll => poll.Due.At <= now) ? [.. polls.Chunk(ids)] : [];
    }

    // As the operator has them at this moment.
    private ProviderWords Words => ProviderWords.Of(channel.Context.Readers, channel.Provider.Id);

    private Task PollOrdersAsync(IReadOnlyList<PollDue> polls, DispatchStatistics statistics, CancellationToken abort) => PollByHalvesAsync<UpstreamOrder>(
        polls,
        async ids => Words.Apply(await channel.Api.StatusAsync(channel.Account, ids, abort)),
        said => said.Error is null,
        ApplyOrderStatus.Apply,
        _orders,
        statistics,
        abort);

    private Task PollRefillsAsync(IReadOnlyList<PollDue> polls, DispatchStatistics statistics, CancellationToken abort) => PollByHalvesAsync<UpstreamRefill>(
        polls,
        async ids => Words.Apply(await channel.Api.RefillStatusAsync(channel.Account, ids, abort)),
        said => said.Error is null,
        ApplyRefillStatus.Apply,
        _refills,
        statistics,
        abort);

    private async Task PollByHalvesAsync<T>(
        IReadOnlyList<PollDue> polls,
        Func<IReadOnlyList<string>, Task<QueryResult<IReadOnlyDictionary<string, T>>>> ask,
        Func<T, bool> isAnswer,
        Action<UnitOfWork, ProviderView, PollDue, T?, long> take,
        BatchSize size,
        DispatchStatistics statistics,
        CancellationToken abort)
        where T : class
    {
        var halving = new BatchHalving<T>(
            async asked =>
            {
                var read = await channel.AskAsync(() => ask([.. asked.Select(poll => poll.UpstreamId)]), abort);

                // What is asked about again by fewer at once counts then.
                var isAskedAgain = read.IsMisunderstood && asked.Count > 1;
                statistics.Asked(isAskedAgain ? 0 : asked.Count, isAskedAgain || read.Value is not null);
                return read;
            },
            isAnswer,
            (asked, read) => ApplyAsync(asked, read, isAnswer, take, abort));
        await halving.AskAsync(polls);
        if (halving.Learned is { } most)
        {
            await size.LearnAsync(most, abort);
        }
    }

    /// <summary>Applies the answer of a call, each of its orders apart: one that fails does not keep the others from being applied.</summary>
    private async Task ApplyAsync<T>(
        IReadOnlyList<PollDue> polls,
        QueryResult<IReadOnlyDictionary<string, T>> read,
        Func<T, bool> isAnswer,
        Action<UnitOfWork, ProviderView, PollDue, T?, long> take,
        CancellationToken abort)
        where T : class
    {
        await channel.RecordCallAsync(read.Value is not null || read.Objection is not null, read.Reason, abort);
        if (read.Value is not { } said)
        {
            var isReported = !abort.IsCancellationRequested && Interlocked.Increment(ref _unanswered) >= MaxUnanswered;
            await channel.WriteAsync(
                unit =>
                {
                    channel.HeedRefusal(unit, read.Objection, isConfirmed: false, read.Reason, read.Exchange);
                    PutOff(unit, polls);
                    if (isReported)
                    {
                        Alerts.Raise(unit, channel.Provider.Id, AlertKind.Unheard, "", new("alert.unheard", read.Reason), channel.Now);
                    }
                },
                abort);

            // A refusal of our key is confirmed by the balance before it pauses the provider.
            if (IsKeyRefused(read.Objection) && channel.Current() is { Paused: not Pause.Key } current)
            {
                await PollBalanceAsync(current, abort);
            }

            return;
        }

        // The alert may be of an earlier worker: the first answer ends it. Errors about each order alone are no answer.
        var isOver = (said.Count == 0 || said.Values.Any(isAnswer))
            && (Interlocked.Exchange(ref _isAnswered, 1) == 0 | Interlocked.Exchange(ref _unanswered, 0) >= MaxUnanswered);
        try
        {
            await WriteTogetherAsync(unit =>
            {
                foreach (var poll in polls)
                {
                    take(unit, channel.Provider, poll, said.GetValueOrDefault(poll.UpstreamId), channel.Now);
                }

                if (isOver)
                {
                    Alerts.End(unit, channel.Provider.Id, AlertKind.Unheard, "", channel.Now);
                }
            });
        }
#pragma warning disable CA1031 // What is wrong with one order must not keep the others from being applied.
        catch (Exception error) when (error is not WritesUnavailableException && polls.Count > 1)
#pragma warning restore CA1031
        {
            foreach (var poll in polls)
            {
                await ApplyAsync([poll], read, isAnswer, take, abort);
            }
        }
#pragma warning disable CA1031 // It is put off and told.
        catch (Exception error) when (error is not WritesUnavailableException)
#pragma warning restore CA1031
        {
            channel.Context.Log.LogError(error, "What provider {Provider} says of order {Order} could not be taken and is put off", channel.Provider.Name, polls[0].Due.Order);
            await channel.WriteAsync(unit => PutOff(unit, polls), abort);
        }
    }

    /// <summary>
    /// Writes the answer of a whole call in one unit, one call after another: all together in one transaction would delay the
    /// orders that are placed meanwhile.
    /// </summary>
    private async Task WriteTogetherAsync(Action<UnitOfWork> take)
    {
        await _writing.WaitAsync(CancellationToken.None);
        try
        {
            await channel.Context.Writes.RunAsync(ActorContext.System, unit =>
            {
                take(unit);
                return true;
            });
        }
        finally
        {
            _writing.Release();
        }
    }

    private void PutOff(UnitOfWork unit, IReadOnlyList<PollDue> polls)
    {
        foreach (var poll in polls)
        {
            unit.Due.Postpone(poll.Due, channel.Now + (long)Unanswered.TotalMilliseconds);
        }
    }
}
