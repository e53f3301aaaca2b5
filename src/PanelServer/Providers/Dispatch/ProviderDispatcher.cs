using System.Collections.Concurrent;
using PanelServer.Data;
using PanelServer.Data.Engines.Sqlite;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Providers;
using PanelServer.Jobs;
using PanelServer.Providers.Catalogue;

namespace PanelServer.Providers.Dispatch;

/// <summary>
/// The desks of all providers. In a serving panel a round is made each second, and at once when an order is placed: it lets
/// each desk send and ask, those of one provider never waiting for another's.
/// </summary>
/// <param name="upstream">The providers as they can be called.</param>
/// <param name="office">What all desks share.</param>
/// <param name="watch">Compares a catalogue with ours from time to time.</param>
/// <param name="sendingsWithin">How long calls that change something at a provider may take to end when the panel stops.</param>
internal sealed class ProviderDispatcher(ProviderDirectory upstream, DispatchContext office, CompareCatalogue watch, TimeSpan sendingsWithin) : IAsyncDisposable
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
    private readonly ConcurrentDictionary<int, ProviderWorker> _desks = new();
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
        if (DeskOf(provider) is not { } desk)
        {
            return ProviderDirectory.KeyLost(provider.Name);
        }

        var tally = new DispatchStatistics();
        if (await desk.Asking.AskBalanceAsync(provider, _abortQuestions.Token) is { } why)
        {
            return new Refusal("provider_unanswered", $"provider {provider.Name} does not answer: {why}");
        }

        var isPaused = upstream.Find(provider.Id) is not { Paused: Pause.None };
        await desk.Sending.SendAllAsync(tally, withOrders: !isPaused, _stop.Token, _abort.Token);
        if (await office.Writes.RunAsync(writer => UnclearRefusals.TakeProbe(writer, provider.Id, dueOrNot: true, Now)))
        {
            await desk.Sending.ProbeAsync(tally, _stop.Token, _abort.Token);
        }

        await desk.Asking.AskAsync(tally, dueOrNot: true, _stop.Token, _abortQuestions.Token);
        return tally;
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
        await Task.WhenAll([.. _running.Values, .. _desks.Values.Concat(_former).Select(desk => desk.Sending.UnderWayAsync())]);

        foreach (var desk in _desks.Values.Concat(_former))
        {
            desk.Dispose();
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
            if (office.Writes.Damage.IsResting)
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
            if (office.Writes.Damage.Meets(error))
            {
                return;
            }

            office.Log.LogError(error, "A round over the providers failed and is made again");
        }
    }

    /// <summary>Lets one provider's desk do what it may at this moment.</summary>
    private void Let(ProviderView provider)
    {
        if (DeskOf(provider) is not { } desk)
        {
            Run(provider.Id, Lane.Asking, async () => await office.Writes.RunAsync(writer =>
            {
                CircuitBreaker.Pause(writer, provider.Id, RejectionReason.Key, ProviderDirectory.KeyLost(provider.Name).Text, Now);
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
                Run(provider.Id, Lane.Asking, async () => await desk.Asking.AskBalanceAsync(provider, _abortQuestions.Token) is null);
            }
        }
        else
        {
            Run(provider.Id, Lane.Asking, () => AskAsync(desk, provider));
        }
    }

    /// <summary>
    /// Lets a desk send. What a provider has it is told of also while it is paused; new orders go to another route, if they
    /// have one.
    /// </summary>
    private void LetSend(ProviderView provider)
    {
        if (DeskOf(provider) is not { } desk)
        {
            return;
        }

        var takesOrders = provider is { OpenUntil: null, Paused: Pause.None };
        Run(provider.Id, Lane.Sending, async () =>
        {
            var hasRerouted = !takesOrders && await RerouteAsync(provider.Id);
            var isMore = provider is { OpenUntil: null, Paused: not Pause.Key } && await desk.Sending.SendAsync(takesOrders, _stop.Token, _abort.Token);
            if (provider is { OpenUntil: null, Paused: Pause.Strange } && (provider.ProbeAt ?? 0) <= Now)
            {
                await ProbeAsync(desk, provider);
            }

            return hasRerouted || isMore;
        });
    }

    /// <summary>Tries a provider that is paused for strange answers: by a question, and when that is answered by one order.</summary>
    private async Task ProbeAsync(ProviderWorker desk, ProviderView provider)
    {
        if (desk.Sending.FirstToSend() is not null
            && await office.Writes.RunAsync(writer => UnclearRefusals.TakeProbe(writer, provider.Id, dueOrNot: false, Now))
            && await desk.Asking.AskBalanceAsync(provider, _abortQuestions.Token) is null)
        {
            await desk.Sending.ProbeAsync(new(), _stop.Token, _abort.Token);
        }
    }

    /// <summary>Orders that wait for a provider which takes nothing now go to another route where there is one.</summary>
    /// <returns>Whether any has gone elsewhere.</returns>
    private async Task<bool> RerouteAsync(int provider)
    {
        var now = Now;
        var due = office.Readers.Read((provider, now), static (reader, ask) => reader.DueOf(ask.provider, WorkKind.Send, ask.now, OutboxDispatcher.LookSize));
        return due.Count > 0
            && await office.Writes.RunAsync(writer => due.FindAll(one => SubmitOrder.Reroute(writer, one, provider, now)).Count > 0);
    }

    /// <returns>Nothing more to do at once.</returns>
    private async Task<bool> AskAsync(ProviderWorker desk, ProviderView provider)
    {
        var period = provider.Paused is Pause.Funds or Pause.Key ? EmptyPeriod : WatchBalance.Period;
        if (Math.Max(provider.BalanceAt ?? 0, desk.Asking.BalanceAskedAt) + (long)period.TotalMilliseconds <= Now)
        {
            await desk.Asking.AskBalanceAsync(provider, _abortQuestions.Token);
        }

        // One that refuses our key says nothing else: the balance shows when it takes it again.
        if (provider.Paused == Pause.Key)
        {
            return false;
        }

        await desk.Asking.AskAsync(new(), dueOrNot: false, _stop.Token, _abortQuestions.Token);
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
            await watch.RunAsync(provider.Id, theirs);
        }
        else if (!_abortQuestions.IsCancellationRequested)
        {
            await watch.UnreadAsync(provider.Id, refusal.Text);
        }
    }

    /// <summary>The desk of a provider as it is set up now; null when its key cannot be opened.</summary>
    private ProviderWorker? DeskOf(ProviderView provider)
    {
        lock (_making)
        {
            var known = _desks.GetValueOrDefault(provider.Id);
            if (known is not null && IsSetUpAlike(known.Provider, provider))
            {
                return known;
            }

            if (upstream.AccountOf(provider) is not { } account)
            {
                return null;
            }

            // Whoever works at the old desk ends there; it is not disposed under his hands.
            if (known is not null)
            {
                _former.Add(known);
            }

            return _desks[provider.Id] = new ProviderWorker(provider, account, office);
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
            if (office.Writes.Damage.Meets(error))
            {
                return false;
            }

            office.Log.LogError(error, "A pass of provider {Provider} failed and is made again", provider);
            return false;
        }
    }

    private long Now => office.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>What a desk does at the same time.</summary>
    private enum Lane
    {
        Sending,
        Asking,
    }
}
