using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Providers;
using PanelServer.Jobs;
using PanelServer.Providers.Catalogue;

namespace PanelServer.Providers.Dispatch;

/// <summary>
/// The loop over all providers. In a serving panel a round is made each second, and at once when an order is placed; what one
/// provider gets never waits for another.
/// </summary>
internal sealed class ProviderDispatcher : IAsyncDisposable
{
    /// <summary>How long something due may wait until it is looked for.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>The shortest time between two rounds: orders that are placed at the same time are looked for once.</summary>
    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(2);

    private readonly Lock _ending = new();
    private readonly ProviderDirectory _upstream;
    private readonly DispatchContext _context;
    private readonly DispatchCancellation _cancellation;
    private readonly ProviderWorkers _workers;
    private readonly ProviderActivities _activities;
    private readonly ProviderRound _round;
    private readonly AsyncAutoResetEvent _signal = new();
    private long _lookedAt;
    private Task? _ended;
    private Task _loop = Task.CompletedTask;

    /// <param name="upstream">The providers as they can be called.</param>
    /// <param name="context">What all workers share.</param>
    /// <param name="catalogue">Compares a catalogue with ours from time to time.</param>
    /// <param name="submissionsWithin">How long submissions may take to end when the panel stops.</param>
    public ProviderDispatcher(ProviderDirectory upstream, DispatchContext context, CompareCatalogue catalogue, TimeSpan submissionsWithin)
    {
        (_upstream, _context) = (upstream, context);
        _cancellation = new(submissionsWithin);
        _workers = new(upstream, context);
        _activities = new(context, Wake, _cancellation.Stop);
        _round = new(context, _workers, _activities, new(upstream, catalogue), _cancellation);
    }

    /// <summary>Something may be due.</summary>
    public void Wake() => _signal.Set();

    /// <summary>Begins making rounds.</summary>
    public void Start() => _loop = LoopAsync();

    /// <summary>A pass over one provider that an operator asks for: everything is submitted and polled that waits, due or not.</summary>
    public async Task<Result<DispatchStatistics>> PassAsync(ProviderView provider)
    {
        using var lease = _workers.Rent(provider);
        if (lease is not { Worker: var worker })
        {
            return ProviderDirectory.KeyLost(provider.Name);
        }

        var statistics = new DispatchStatistics();
        var (stop, abort, abortQueries) = (_cancellation.Stop, _cancellation.AbortSubmissions, _cancellation.AbortQueries);
        if (await worker.Poller.PollBalanceAsync(provider, abortQueries) is { } why)
        {
            return new Refusal("provider_unanswered", provider.Name, why);
        }

        var isPaused = _upstream.Find(provider.Id) is not { Paused: Pause.None };
        await worker.Dispatcher.SubmitAllAsync(statistics, withOrders: !isPaused, stop, abort);
        if (await _context.Writes.RunAsync(ActorContext.System, unit => ProviderCircuit.TakeProbe(unit, provider.Id, dueOrNot: true, Now)))
        {
            await worker.Dispatcher.ProbeAsync(statistics, stop, abort);
        }

        await worker.Poller.AskAsync(statistics, dueOrNot: true, stop, abortQueries);
        return statistics;
    }

    /// <summary>
    /// Begins nothing more, and from now on counts how long what is under way may still take. To be called as soon as the
    /// panel is to stop, before passes are waited for.
    /// </summary>
    public void Stop() => _cancellation.Begin();

    /// <summary>Begins nothing more, lets what is under way end, and gives up what takes too long: its outcome is unknown then.</summary>
    public ValueTask DisposeAsync()
    {
        // Disposed by the panel's lifetime and by the container: both wait for the same end.
        lock (_ending)
        {
            return new(_ended ??= EndAsync());
        }
    }

    private async Task EndAsync()
    {
        Stop();
        await _loop;
        await _activities.EndedAsync();
        await _workers.DisposeAsync();
        _signal.Dispose();
        _cancellation.Dispose();
    }

    private async Task LoopAsync()
    {
        try
        {
            // A new order only asks to be submitted; everything else is looked at once in each period.
            for (var isWoken = false; ; isWoken = await _signal.WaitAsync(Period, _cancellation.Stop) && !IsPeriodOver())
            {
                Round(isWoken);
                await Task.Delay(MinPause, _cancellation.Stop);
            }
        }
        catch (OperationCanceledException)
        {
            // The panel stops.
        }
    }

    private bool IsPeriodOver() => Now - _lookedAt >= (long)Period.TotalMilliseconds;

    private void Round(bool isWoken)
    {
        try
        {
            _lookedAt = isWoken ? _lookedAt : Now;
            if (_context.Writes.Damage.IsResting)
            {
                return;
            }

            foreach (var provider in _upstream.All())
            {
                if (isWoken)
                {
                    _round.BeginDispatch(provider);
                }
                else
                {
                    _round.Begin(provider);
                }
            }
        }
#pragma warning disable CA1031 // The rounds outlive whatever one runs into: what is due stays due.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (!_context.Writes.Damage.Detects(error))
            {
                _context.Log.LogError(error, "A round over the providers failed and is made again");
            }
        }
    }

    private long Now => _context.Clock.GetUtcNow().ToUnixTimeMilliseconds();
}
