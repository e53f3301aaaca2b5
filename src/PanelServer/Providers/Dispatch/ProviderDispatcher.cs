using System.Collections.Concurrent;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Providers;
using PanelServer.Jobs;
using PanelServer.Providers.Catalogue;

namespace PanelServer.Providers.Dispatch;

/// <summary>
/// The workers of all providers. In a serving panel a round is made each second, and at once when an order is placed: it lets
/// each worker send and ask, those of one provider never waiting for another's.
/// </summary>
/// <param name="upstream">The providers as they can be called.</param>
/// <param name="context">What all workers share.</param>
/// <param name="watch">Compares a catalogue with ours from time to time.</param>
/// <param name="sendingsWithin">How long calls that change something at a provider may take to end when the panel stops.</param>
internal sealed class ProviderDispatcher(ProviderDirectory upstream, DispatchContext context, CompareCatalogue watch, TimeSpan sendingsWithin) : IAsyncDisposable
{
    /// <summary>How long something due may wait until it is looked for.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>How long questions that are under way may take to end when the panel stops: they are asked again.</summary>
    private static readonly TimeSpan QuestionsWithin = TimeSpan.FromSeconds(5);

    /// <summary>How often the balance of a provider is asked where money has run out.</summary>
    private static readonly TimeSpan EmptyPeriod = TimeSpan.FromMinutes(1);

    /// <summary>How often a provider's catalogue is compared with ours.</summary>
    private static readonly TimeSpan ComparePeriod = TimeSpan.FromHours(6);

    private readonly AsyncAutoResetEvent _signal = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly CancellationTokenSource _abortQuestions = new();
    private readonly Lock _making = new();
    private readonly ConcurrentDictionary<int, ProviderWorker> _workers = new();
    private readonly ConcurrentBag<ProviderWorker> _former = [];
    private readonly Dictionary<(int Provider, Lane Lane), Task<bool>> _running = [];
    private long _lookedAt;
    private Task _loop = Task.CompletedTask;

    /// <summary>Something may be due.</summary>
    public void Wake() => _signal.Set();

    /// <summary>Begins making rounds.</summary>
    public void Start() => _loop = LoopAsync();

    /// <summary>A pass of one provider by an operator's word: everything is sent and asked that waits, due or not.</summary>
    public async Task<Result<DispatchStatistics>> PassAsync(ProviderView provider)
    {
        if (WorkerOf(provider) is not { } worker)
        {
            return ProviderDirectory.KeyLost(provider.Name);
        }

        var statistics = new DispatchStatistics();
        if (await worker.Asking.AskBalanceAsync(provider, _abortQuestions.Token) is { } why)
        {
            return new Refusal("provider_unanswered", $"provider {provider.Name} does not answer: {why}");
        }

        var isPaused = upstream.Find(provider.Id) is not { Paused: Pause.None };
        await worker.Sending.SendAllAsync(statistics, withOrders: !isPaused, _stop.Token, _abort.Token);
        if (await context.Writes.RunAsync(ActorContext.System, unit => UnclearRefusals.TakeProbe(unit, provider.Id, dueOrNot: true, Now)))
        {
            await worker.Sending.ProbeAsync(statistics, _stop.Token, _abort.Token);
        }

        await worker.Asking.AskAsync(statistics, dueOrNot: true, _stop.Token, _abortQuestions.Token);
        return statistics;
    }

    /// <summary>
    /// Begins nothing more, and from now on counts how long what is under way may still take. To be told as soon as the
    /// panel is to stop, before whoever waits for a pass is waited for.
    /// </summary>
    public void Stop()
    {
        if (!_stop.IsCancellationRequested)
        {
            _abort.CancelAfter(sendingsWithin);
            _abortQuestions.CancelAfter(sendingsWithin < QuestionsWithin ? sendingsWithin : QuestionsWithin);
            _stop.Cancel();
        }
    }

    /// <summary>Begins nothing more, lets what is under way end, and gives up what takes too long: nobody knows then what came of it.</summary>
    public async ValueTask DisposeAsync()
    {
        Stop();
        await _loop;
        await Task.WhenAll([.. _running.Values, .. _workers.Values.Concat(_former).Select(worker => worker.Sending.UnderWayAsync())]);

        foreach (var worker in _workers.Values.Concat(_former))
        {
            worker.Dispose();
        }

        _signal.Dispose();
        _stop.Dispose();
        _abort.Dispose();
        _abortQuestions.Dispose();
    }

    private async Task LoopAsync()
    {
        try
        {
            // An order that is placed only asks to be sent; everything else is looked at once in each period.
            for (var isRung = false; ; isRung = await _signal.WaitAsync(Period, _stop.Token) && !IsPeriodOver())
            {
                Round(isRung);
            }
        }
        catch (OperationCanceledException)
        {
            // The panel stops.
        }
    }

    private bool IsPeriodOver() => Now - _lookedAt >= (long)Period.TotalMilliseconds;

    private void Round(bool isRung)
    {
        try
        {
            _lookedAt = isRung ? _lookedAt : Now;
            if (context.Writes.Damage.IsResting)
            {
                return;
            }

            foreach (var provider in upstream.All())
            {
                if (isRung)
                {
                    LetSend(provider);
                }
                else
                {
                    Let(provider);
                }
            }
        }
#pragma warning disable CA1031 // The rounds outlive whatever one runs into: what is due stays due.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (context.Writes.Damage.Meets(error))
            {
                return;
            }

            context.Log.LogError(error, "A round over the providers failed and is made again");
        }
    }

    /// <summary>Lets one provider's worker do what it may at this moment.</summary>
    private void Let(ProviderView provider)
    {
        if (WorkerOf(provider) is not { } worker)
        {
            Run(provider.Id, Lane.Asking, async () => await context.Writes.RunAsync(ActorContext.System, unit =>
            {
                CircuitBreaker.Pause(unit, provider.Id, RejectionReason.Key, ProviderDirectory.KeyLost(provider.Name).Text, Now);
                return false;
            }));
            Run(provider.Id, Lane.Sending, () => RerouteAsync(provider.Id));
            return;
        }

        LetSend(provider);
        if (provider.OpenUntil is { } until)
        {
            if (until <= Now)
            {
                Run(provider.Id, Lane.Asking, async () => await worker.Asking.AskBalanceAsync(provider, _abortQuestions.Token) is null);
            }
        }
        else
        {
            Run(provider.Id, Lane.Asking, () => AskAsync(worker, provider));
        }
    }

    /// <summary>
    /// Lets a worker send. What a provider has it is told of also while it is paused; new orders go to another route, if they
    /// have one.
    /// </summary>
    private void LetSend(ProviderView provider)
    {
        if (WorkerOf(provider) is not { } worker)
        {
            return;
        }

        var takesOrders = provider is { OpenUntil: null, Paused: Pause.None };
        Run(provider.Id, Lane.Sending, async () =>
        {
            var hasRerouted = !takesOrders && await RerouteAsync(provider.Id);
            var isMore = provider is { OpenUntil: null, Paused: not Pause.Key } && await worker.Sending.SendAsync(takesOrders, _stop.Token, _abort.Token);
            if (provider is { OpenUntil: null, Paused: Pause.Strange } && (provider.ProbeAt ?? 0) <= Now)
            {
                await ProbeAsync(worker, provider);
            }

            return hasRerouted || isMore;
        });
    }

    /// <summary>Tries a provider that is paused for strange answers: by a question, and when that is answered by one order.</summary>
    private async Task ProbeAsync(ProviderWorker worker, ProviderView provider)
    {
        if (worker.Sending.FirstToSend() is not null
            && await context.Writes.RunAsync(ActorContext.System, unit => UnclearRefusals.TakeProbe(unit, provider.Id, dueOrNot: false, Now))
            && await worker.Asking.AskBalanceAsync(provider, _abortQuestions.Token) is null)
        {
            await worker.Sending.ProbeAsync(new(), _stop.Token, _abort.Token);
        }
    }

    /// <summary>Orders that wait for a provider which takes nothing now go to another route where there is one.</summary>
    /// <returns>Whether any has gone elsewhere.</returns>
    private async Task<bool> RerouteAsync(int provider)
    {
        var now = Now;
        var due = context.Readers.Read((provider, now), static (reader, ask) => reader.DueOf(ask.provider, WorkKind.Send, ask.now, OutboxDispatcher.LookSize));
        return due.Count > 0
            && await context.Writes.RunAsync(ActorContext.System, unit => due.FindAll(one => OrderRouting.Reroute(unit, one, provider, now)).Count > 0);
    }

    /// <returns>Nothing more to do at once.</returns>
    private async Task<bool> AskAsync(ProviderWorker worker, ProviderView provider)
    {
        var period = provider.Paused is Pause.Funds or Pause.Key ? EmptyPeriod : WatchBalance.Period;
        if (Math.Max(provider.BalanceAt ?? 0, worker.Asking.BalanceAskedAt) + (long)period.TotalMilliseconds <= Now)
        {
            await worker.Asking.AskBalanceAsync(provider, _abortQuestions.Token);
        }

        // One that refuses our key says nothing else: the balance shows when it takes it again.
        if (provider.Paused == Pause.Key)
        {
            return false;
        }

        await worker.Asking.AskAsync(new(), dueOrNot: false, _stop.Token, _abortQuestions.Token);
        if ((provider.ComparedAt ?? provider.CreatedAt) + (long)ComparePeriod.TotalMilliseconds <= Now)
        {
            await CompareAsync(provider);
        }

        return false;
    }

    private async Task CompareAsync(ProviderView provider)
    {
        if ((await upstream.ServicesAsync(provider.Id, _abortQuestions.Token)).Try(out var theirs, out var refusal))
        {
            await watch.RunAsync(ActorContext.System, provider.Id, theirs);
        }
        else if (!_abortQuestions.IsCancellationRequested)
        {
            await watch.UnreadAsync(ActorContext.System, provider.Id, refusal.Text);
        }
    }

    /// <summary>The worker of a provider as it is set up now; null when its key cannot be opened.</summary>
    private ProviderWorker? WorkerOf(ProviderView provider)
    {
        lock (_making)
        {
            var known = _workers.GetValueOrDefault(provider.Id);
            if (known is not null && IsSetUpAlike(known.Provider, provider))
            {
                return known;
            }

            if (upstream.AccountOf(provider) is not { } account)
            {
                return null;
            }

            // Whoever works at the old worker ends there; it is not disposed under his hands.
            if (known is not null)
            {
                _former.Add(known);
            }

            return _workers[provider.Id] = new ProviderWorker(provider, account, context);
        }
    }

    private static bool IsSetUpAlike(ProviderView one, ProviderView other) =>
        (one.Url, one.Secret, one.IsInternal, one.Concurrency, one.PerSecond, one.Exchange, one.Currency, one.Name, one.Sign)
        == (other.Url, other.Secret, other.IsInternal, other.Concurrency, other.PerSecond, other.Exchange, other.Currency, other.Name, other.Sign);

    /// <summary>Begins work in a lane that is free. Work that has left more to do is begun again at once.</summary>
    private void Run(int provider, Lane lane, Func<Task<bool>> work)
    {
        if (_running.TryGetValue((provider, lane), out var running) && !running.IsCompleted)
        {
            return;
        }

        var begun = Task.Run(() => GuardedAsync(provider, work));
        _running[(provider, lane)] = begun;
        _ = RingAfterAsync(begun);
    }

    private async Task RingAfterAsync(Task<bool> work)
    {
        if (await work && !_stop.IsCancellationRequested)
        {
            Wake();
        }
    }

    private async Task<bool> GuardedAsync(int provider, Func<Task<bool>> work)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return false;
        }
        catch (WritesUnavailableException)
        {
            // Told where it was refused; what is due stays due.
            return false;
        }
#pragma warning disable CA1031 // What is due stays due and is tried again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (context.Writes.Damage.Meets(error))
            {
                return false;
            }

            context.Log.LogError(error, "A pass of provider {Provider} failed and is made again", provider);
            return false;
        }
    }

    private long Now => context.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>What a worker does at the same time.</summary>
    private enum Lane
    {
        Sending,
        Asking,
    }
}
