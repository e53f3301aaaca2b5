using System.Threading.RateLimiting;
using PanelServer.Data;
using PanelServer.Data.Engines.Sqlite;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Providers;
using PanelServer.Jobs;
using PanelServer.Providers.PanelApi;

namespace PanelServer.Providers.Forwarding;

/// <summary>
/// Speaks with one provider: sends what is due, asks about what it has, keeps an eye on the balance. It has its own limits
/// and its own calls, so that no provider waits for another. All it knows is in rows; a pass is bounded and can be made at
/// any time by anybody.
/// </summary>
internal sealed class Desk : IDisposable
{
    /// <summary>What one look at the due rows finds at the most.</summary>
    public const int LookSize = 256;

    /// <summary>Orders or refills that one call asks about.</summary>
    public const int IdsOfCall = Limits.BatchIds;

    /// <summary>Rows that are hastened in one unit.</summary>
    private const int HastenedAtOnce = 500;

    /// <summary>What falls due so soon is asked about along with what is due, to fill calls.</summary>
    private static readonly TimeSpan AskedAlong = TimeSpan.FromSeconds(10);

    /// <summary>Until what had no answer is asked about again.</summary>
    private static readonly TimeSpan Unanswered = TimeSpan.FromMinutes(1);

    /// <summary>How long a provider is left alone at the least that says it has too many calls.</summary>
    private static readonly TimeSpan RestAtLeast = TimeSpan.FromSeconds(5);

    /// <summary>Until an outcome is written again that the disk did not take.</summary>
    private static readonly TimeSpan WriteAgain = TimeSpan.FromSeconds(1);

    private readonly WriteQueue _writes;
    private readonly ReaderPool _readers;
    private readonly TimeProvider _clock;
    private readonly PanelApi.PanelApi _api;
    private readonly ProviderAccount _account;
    private readonly Action<CrashPoint> _reached;
    private readonly ILogger _log;
    private readonly TokenBucketRateLimiter _rate;
    private readonly SemaphoreSlim _calls;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly SemaphoreSlim _asking = new(1);
    private readonly SemaphoreSlim _hearing = new(1);
    private volatile bool _isFailing;
    private int _sendingsFailed;

    /// <param name="provider">The provider; a desk is made anew when it changes.</param>
    /// <param name="account">How it is called.</param>
    /// <param name="office">What all desks share.</param>
    public Desk(ProviderView provider, ProviderAccount account, Office office)
    {
        Provider = provider;
        _account = account;
        (_writes, _readers, _clock, _api, _reached, _log) = office;
        _isFailing = provider.Failures > 0;
        _sendingsFailed = provider.Failures;
        _calls = new(provider.Concurrency);
        _rate = new(new()
        {
            TokenLimit = provider.PerSecond,
            TokensPerPeriod = provider.PerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = int.MaxValue,
        });
    }

    public ProviderView Provider { get; }

    /// <summary>When the balance was last asked for, answered or not; unix milliseconds.</summary>
    public long BalanceAskedAt { get; private set; }

    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>
    /// One look at what is to be sent, and sending it: wishes to cancel and refills, which are about what the provider has,
    /// before new orders, which a paused provider does not get.
    /// </summary>
    /// <param name="withOrders">Whether orders are sent.</param>
    /// <param name="stop">Nothing more is begun; what is under way ends.</param>
    /// <param name="abort">What is under way is given up.</param>
    /// <returns>Whether there may be more to send.</returns>
    public async Task<bool> SendAsync(bool withOrders, CancellationToken stop, CancellationToken abort)
    {
        await _sending.WaitAsync(stop);
        try
        {
            var isMore = false;
            foreach (var kind in KindsToSend(withOrders))
            {
                var due = DueOf(kind, Now);
                await DoAllAsync(due, one => SendGuardedAsync(one, new(), stop, abort), SendingsAtOnce, stop);
                isMore |= due.Count == LookSize;
            }

            return isMore && !_isFailing;
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>
    /// A pass by an operator's word over all that is to be sent, due or not. It ends with what was due when it began, however
    /// many orders come meanwhile.
    /// </summary>
    /// <param name="tally">What was done is counted there.</param>
    /// <param name="withOrders">Whether orders are sent.</param>
    /// <param name="stop">Nothing more is begun; what is under way ends.</param>
    /// <param name="abort">What is under way is given up.</param>
    public async Task SendAllAsync(Tally tally, bool withOrders, CancellationToken stop, CancellationToken abort)
    {
        await _sending.WaitAsync(stop);
        try
        {
            var kinds = KindsToSend(withOrders);
            await HastenAsync(kinds);
            var begun = Now;
            foreach (var kind in kinds)
            {
                await UntilNothingIsDueAsync(() => DueOf(kind, begun), one => SendGuardedAsync(one, tally, stop, abort), SendingsAtOnce, stop);
            }
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>
    /// A pass over what the provider has and is to be asked about, a hundred with a call. It ends with what was due when it
    /// began: of so many orders that they take longer than the shortest pause, the first would be due again before the last.
    /// </summary>
    /// <param name="tally">What was done is counted there.</param>
    /// <param name="dueOrNot">What waits for its time is due now.</param>
    /// <param name="stop">Nothing more is begun; what is under way ends.</param>
    /// <param name="abort">What is under way is given up.</param>
    public async Task AskAsync(Tally tally, bool dueOrNot, CancellationToken stop, CancellationToken abort)
    {
        await _asking.WaitAsync(stop);
        try
        {
            await HastenAsync(dueOrNot ? [DueKind.Order, DueKind.Refill] : []);
            var begun = Now;
            await UntilNothingIsDueAsync(
                () => PollsOf(DueKind.Order, begun),
                polls => AskOrdersAsync(polls, tally, abort),
                Provider.Concurrency,
                stop);
            await UntilNothingIsDueAsync(
                () => PollsOf(DueKind.Refill, begun),
                polls => AskRefillsAsync(polls, tally, abort),
                Provider.Concurrency,
                stop);
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>Asks for the balance; after failures this is the question by which a provider is tried.</summary>
    /// <returns>Why there was no answer; null when there was.</returns>
    /// <param name="current">The provider as it stands at this moment.</param>
    /// <param name="abort">It is given up.</param>
    public async Task<string?> AskBalanceAsync(ProviderView current, CancellationToken abort)
    {
        // What is written counts: of two calls that ended at once, the one may have been noted here and the other there.
        _isFailing |= current.Failures > 0 || current.OpenUntil is not null;
        BalanceAskedAt = Now;
        var read = await CallAsync(() => _api.BalanceAsync(_account, abort), abort);
        await NoteAsync(read.Value is not null || read.Objection is not null, read.Reason, abort);
        await WriteAsync(
            writer =>
            {
                Heed(writer, read.Objection, read.Reason, read.Exchange);
                if (read.Value is { } balance)
                {
                    WatchBalance.Take(writer, current, balance, Now);
                }
            },
            abort);
        return read.Value is null ? read.Reason : null;
    }

    public void Dispose()
    {
        _rate.Dispose();
        _calls.Dispose();
        _sending.Dispose();
        _asking.Dispose();
        _hearing.Dispose();
    }

    /// <summary>
    /// Lets everything of these kinds that waits for its time be due now. To be done by a pass of these kinds and not beside
    /// one: what that had just done would be hastened again, and neither would end.
    /// </summary>
    private async Task HastenAsync(IReadOnlyList<DueKind> kinds)
    {
        foreach (var kind in kinds)
        {
            var now = Now;
            while (await _writes.RunAsync(writer => writer.Due.Hasten(Provider.Id, kind, now, HastenedAtOnce)) == HastenedAtOnce)
            {
            }
        }
    }

    /// <summary>Sendings at the same time: one alone as long as none was answered of late.</summary>
    private int SendingsAtOnce => Volatile.Read(ref _sendingsFailed) > 0 ? 1 : Provider.Concurrency;

    private static DueKind[] KindsToSend(bool withOrders) =>
        withOrders ? [DueKind.SendCancel, DueKind.SendRefill, DueKind.Send] : [DueKind.SendCancel, DueKind.SendRefill];

    private List<Due> DueOf(DueKind kind, long until) => _readers.Read(
        (Provider.Id, kind, until),
        static (reader, ask) => reader.DueOf(ask.Id, ask.kind, ask.until, LookSize));

    /// <summary>Does what is due, and looks again until there is nothing more, or calls fail.</summary>
    private async Task UntilNothingIsDueAsync<T>(Func<IReadOnlyList<T>> look, Func<T, Task> work, int atOnce, CancellationToken stop)
    {
        for (var due = look(); due.Count > 0 && !stop.IsCancellationRequested; due = look())
        {
            await DoAllAsync(due, work, atOnce, stop);

            // The next round looks whether the provider is still to be asked at all.
            if (_isFailing)
            {
                return;
            }
        }
    }

    private static Task DoAllAsync<T>(IReadOnlyList<T> due, Func<T, Task> work, int atOnce, CancellationToken stop) => Parallel.ForEachAsync(
        due,
        new ParallelOptions { MaxDegreeOfParallelism = atOnce },
        async (one, _) =>
        {
            if (!stop.IsCancellationRequested)
            {
                await work(one);
            }
        });

    private IReadOnlyList<IReadOnlyList<PollDue>> PollsOf(DueKind kind, long now)
    {
        // As long as anything is due, what falls due soon is asked about along with it.
        var most = IdsOfCall * Provider.Concurrency;
        var polls = _readers.Read(
            (Provider.Id, kind, until: now + (long)AskedAlong.TotalMilliseconds, most),
            static (reader, ask) => reader.Polls(ask.Id, ask.kind, ask.until, ask.most));
        return polls.Exists(poll => poll.Due.At <= now) ? [.. polls.Chunk(IdsOfCall)] : [];
    }

    /// <summary>Sends one thing; whatever is wrong with it must not keep the others from being sent.</summary>
    private async Task SendGuardedAsync(Due due, Tally tally, CancellationToken stop, CancellationToken abort)
    {
        Errand? errand = null;
        try
        {
            // Whatever waits for its turn with the provider waits unclaimed: a crash must not make it unknown.
            using var turn = await TurnAsync(abort);

            // Another sending of this look may have failed: then the provider is left alone.
            if (stop.IsCancellationRequested || SendingsAtOnce == 1 && HasOpened())
            {
                return;
            }

            _reached(CrashPoint.BeforeClaim);
            errand = await _writes.RunAsync(writer => Claim(writer, due));
            if (errand is not null)
            {
                await SendAsync(errand, tally, abort);
            }
        }
#pragma warning disable CA1031 // It is put off and told.
        catch (Exception error) when (error is not WritesUnavailableException)
#pragma warning restore CA1031
        {
            _log.LogError(error, "{Kind} of order {Order} to provider {Provider} failed", due.Kind, due.Order, Provider.Name);
            await WriteAsync(
                writer =>
                {
                    if (errand is null)
                    {
                        writer.Due.PutOff(due, Now + (long)JobRunner.DelayAfter(due.Attempts).TotalMilliseconds);
                    }
                    else
                    {
                        RecoverSendings.Lose(writer, errand, $"this should not happen: {error.Message}", Now);
                    }
                },
                abort);
        }
    }

    private bool HasOpened() => _readers.Read(Provider.Id, static (reader, id) => reader.Providers().Find(one => one.Id == id)) is { OpenUntil: not null };

    private async Task SendAsync(Errand errand, Tally tally, CancellationToken abort)
    {
        _reached(CrashPoint.Claimed);
        var asked = await CallOf(errand, abort);
        _reached(CrashPoint.Answered);
        await WriteAsync(writer => Settle(writer, errand, asked), abort);
        _reached(CrashPoint.Settled);
        tally.Sent(asked.Outcome);
        var isAnswered = asked.Outcome is SendingOutcome.Accepted or SendingOutcome.Rejected or SendingOutcome.Deferred;
        if (isAnswered)
        {
            Volatile.Write(ref _sendingsFailed, 0);
        }
        else if (!abort.IsCancellationRequested)
        {
            Interlocked.Increment(ref _sendingsFailed);
        }

        await NoteAsync(isAnswered, asked.Reason, abort);
        if (asked.Outcome == SendingOutcome.Unknown && errand.Kind == SendingKind.Order && !abort.IsCancellationRequested)
        {
            await KeepBalanceAfterAsync(errand, abort);
        }
    }

    private Errand? Claim(Writer writer, Due due) => due.Kind switch
    {
        DueKind.Send => SendOrder.Claim(writer, due, Provider.Id, Now),
        DueKind.SendRefill => SendRefill.Claim(writer, due, Provider.Id, Now),
        DueKind.SendCancel => SendCancel.Claim(writer, due, Provider.Id, Now),
        DueKind.Order or DueKind.Refill or DueKind.Cancel or DueKind.Run or DueKind.Post or DueKind.Expiry =>
            throw new InvalidOperationException("nothing is sent for it"),
    };

    private Task<Asked> CallOf(Errand errand, CancellationToken abort) => errand.Kind switch
    {
        SendingKind.Order => _api.AddAsync(_account, errand.Fields, abort),
        SendingKind.Refill => _api.RefillAsync(_account, errand.UpstreamOrder, abort),
        SendingKind.Cancel => _api.CancelAsync(_account, errand.UpstreamOrder, abort),
    };

    private void Settle(Writer writer, Errand errand, Asked asked)
    {
        Heed(writer, asked.Objection, asked.Reason, asked.Exchange);
        switch (errand.Kind)
        {
            case SendingKind.Order:
                SendOrder.Settle(writer, errand, asked, Now);
                break;
            case SendingKind.Refill:
                SendRefill.Settle(writer, errand, asked, Now);
                break;
            case SendingKind.Cancel:
                SendCancel.Settle(writer, errand, asked, Now);
                break;
        }
    }

    /// <summary>A no that is about us, and not about what was asked: the provider is paused, or left alone for a while.</summary>
    private void Heed(Writer writer, Objection? objection, string said, Exchange exchange)
    {
        if (objection is Objection.Funds or Objection.Key)
        {
            Circuit.Pause(writer, Provider.Id, objection.Value, said, Now);
        }
        else if (objection == Objection.Rate)
        {
            var rest = exchange.RetryAfter is { } wanted && wanted > RestAtLeast ? wanted : RestAtLeast;
            Circuit.Rest(writer, Provider.Id, Now + (long)rest.TotalMilliseconds);
        }
    }

    /// <summary>What the balance is after a sending of which it is not known what came of it: a person compares.</summary>
    private async Task KeepBalanceAfterAsync(Errand errand, CancellationToken abort)
    {
        var read = await _api.BalanceAsync(_account, abort);
        if (read.Value is { } balance)
        {
            await WriteAsync(writer => ResolveUnknown.KeepBalanceAfter(writer, errand.Sending, balance.Units), abort);
        }
    }

    private async Task AskOrdersAsync(IReadOnlyList<PollDue> polls, Tally tally, CancellationToken abort)
    {
        var read = await CallAsync(() => _api.StatusAsync(_account, [.. polls.Select(poll => poll.UpstreamId)], abort), abort);
        tally.Asked(polls.Count, read.Value is not null);
        await HearAsync(polls, read, HearOrder.Take, abort);
    }

    private async Task AskRefillsAsync(IReadOnlyList<PollDue> polls, Tally tally, CancellationToken abort)
    {
        var read = await CallAsync(() => _api.RefillStatusAsync(_account, [.. polls.Select(poll => poll.UpstreamId)], abort), abort);
        tally.Asked(polls.Count, read.Value is not null);
        await HearAsync(polls, read, HearRefill.Take, abort);
    }

    /// <summary>Takes the answer of a call, each of its orders for itself: one that is wrong spoils no other.</summary>
    private async Task HearAsync<T>(
        IReadOnlyList<PollDue> polls,
        Read<IReadOnlyDictionary<string, T>> read,
        Action<Writer, ProviderView, PollDue, T?, long> take,
        CancellationToken abort)
        where T : class
    {
        await NoteAsync(read.Value is not null || read.Objection is not null, read.Reason, abort);

        if (read.Value is not { } said)
        {
            await WriteAsync(
                writer =>
                {
                    Heed(writer, read.Objection, read.Reason, read.Exchange);
                    PutOff(writer, polls, Now + (long)Unanswered.TotalMilliseconds);
                },
                abort);
            return;
        }

        try
        {
            await HearTogetherAsync(writer =>
            {
                foreach (var poll in polls)
                {
                    take(writer, Provider, poll, said.GetValueOrDefault(poll.UpstreamId), Now);
                }
            });
        }
#pragma warning disable CA1031 // Whatever is wrong with one order must not keep the others from being heard.
        catch (Exception error) when (error is not WritesUnavailableException && polls.Count > 1)
#pragma warning restore CA1031
        {
            foreach (var poll in polls)
            {
                await HearAsync([poll], read, take, abort);
            }
        }
#pragma warning disable CA1031 // It is put off and told.
        catch (Exception error) when (error is not WritesUnavailableException)
#pragma warning restore CA1031
        {
            _log.LogError(error, "What provider {Provider} says of order {Order} could not be taken and is put off", Provider.Name, polls[0].Due.Order);
            await WriteAsync(writer => PutOff(writer, polls, Now + (long)Unanswered.TotalMilliseconds), abort);
        }
    }

    /// <summary>
    /// Writes what a whole call has told, one call's after another's: together in one transaction they would hold up for so
    /// long whoever places an order.
    /// </summary>
    private async Task HearTogetherAsync(Action<Writer> take)
    {
        await _hearing.WaitAsync(CancellationToken.None);
        try
        {
            await _writes.RunAsync(writer =>
            {
                take(writer);
                return true;
            });
        }
        finally
        {
            _hearing.Release();
        }
    }

    private static void PutOff(Writer writer, IReadOnlyList<PollDue> polls, long at)
    {
        foreach (var poll in polls)
        {
            writer.Due.PutOff(poll.Due, at);
        }
    }

    /// <summary>Makes a call within the provider's limits.</summary>
    private async Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken abort)
    {
        using var turn = await TurnAsync(abort);
        return await call();
    }

    /// <summary>Waits until the provider may be called. A stop ends the waiting: what is called then is given up at once.</summary>
    /// <returns>To be disposed when the call has ended.</returns>
    private async Task<IDisposable> TurnAsync(CancellationToken abort)
    {
        await _calls.WaitAsync(CancellationToken.None);
        try
        {
            (await _rate.AcquireAsync(1, abort)).Dispose();
        }
        catch (OperationCanceledException)
        {
            // Nobody waits any more.
        }

        return new Turn(_calls);
    }

    /// <summary>Writes down whether the provider answers, if that has changed.</summary>
    private async Task NoteAsync(bool isAnswered, string why, CancellationToken abort)
    {
        // A call that was given up because the server stops says nothing about the provider.
        if (abort.IsCancellationRequested || (isAnswered && !_isFailing))
        {
            return;
        }

        _isFailing = !isAnswered;
        await WriteAsync(
            writer =>
            {
                if (isAnswered && Volatile.Read(ref _sendingsFailed) == 0)
                {
                    Circuit.Answered(writer, Provider.Id, Now);
                }
                else if (isAnswered)
                {
                    // It answers questions. Whether it takes orders, the next one shows, alone.
                    Circuit.Rest(writer, Provider.Id, until: null);
                }
                else
                {
                    Circuit.Failed(writer, Provider.Id, why, Now);
                }
            },
            abort);
    }

    private sealed class Turn(SemaphoreSlim calls) : IDisposable
    {
        public void Dispose() => calls.Release();
    }

    /// <summary>Writes what is known, and does not forget it because the disk takes nothing for a while.</summary>
    private async Task WriteAsync(Action<Writer> work, CancellationToken abort)
    {
        while (true)
        {
            try
            {
                await _writes.RunAsync(writer =>
                {
                    work(writer);
                    return true;
                });
                return;
            }
            catch (WritesUnavailableException error) when (!abort.IsCancellationRequested)
            {
                _log.LogWarning(error, "What provider {Provider} has answered could not be written and is written again", Provider.Name);
                await Task.Delay(WriteAgain, _clock, CancellationToken.None);
            }
        }
    }
}
