using System.Threading.RateLimiting;
using PanelServer.Data;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Dispatch;

/// <summary>
/// How one provider is called: its account, its rate and concurrency limits, and what its answers mean for its circuit
/// breaker.
/// </summary>
/// <param name="provider">The provider.</param>
/// <param name="account">How it is called.</param>
/// <param name="context">What all workers share.</param>
internal sealed class ProviderChannel(ProviderView provider, ProviderAccount account, DispatchContext context) : IDisposable
{
    /// <summary>Until an outcome is written again that the disk did not take.</summary>
    private static readonly TimeSpan WriteAgain = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _calls = new(provider.Concurrency);
    private readonly TokenBucketRateLimiter _rate = new(new()
    {
        TokenLimit = provider.PerSecond,
        TokensPerPeriod = provider.PerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = int.MaxValue,
    });

    public ProviderView Provider => provider;

    public ProviderAccount Account => account;

    public DispatchContext Context => context;

    /// <summary>Whether the provider answers, and how many submissions it gets at a time.</summary>
    public ProviderCircuit Circuit { get; } = new(provider);

    public ProviderClient Api => context.Api;

    public long Now => context.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Waits until the provider may be called. A stop ends the waiting: what is called then is given up at once.</summary>
    /// <returns>To be disposed when the call has ended.</returns>
    public async Task<IDisposable> TurnAsync(CancellationToken abort)
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

    /// <summary>Waits until the provider may be called, and takes as many more calls as are free at that moment.</summary>
    /// <param name="max">Calls at the most.</param>
    /// <param name="abort">Ends the waiting.</param>
    /// <returns>One at least; each to be disposed when its call has ended.</returns>
    public async Task<List<IDisposable>> TurnsAsync(int max, CancellationToken abort)
    {
        List<IDisposable> turns = [await TurnAsync(abort)];
        while (turns.Count < max && _calls.Wait(TimeSpan.Zero, CancellationToken.None))
        {
            turns.Add(new Turn(_calls));
            using var lease = _rate.AttemptAcquire();
            if (!lease.IsAcquired)
            {
                turns[^1].Dispose();
                turns.RemoveAt(turns.Count - 1);
                break;
            }
        }

        return turns;
    }

    /// <summary>Makes a query within the provider's limits.</summary>
    public async Task<T> AskAsync<T>(Func<Task<T>> query, CancellationToken abort)
    {
        using var turn = await TurnAsync(abort);
        return await query();
    }

    /// <summary>Writes whether a submission was answered, if that has changed.</summary>
    public Task RecordSubmissionAsync(bool isAnswered, string why, CancellationToken abort) =>
        abort.IsCancellationRequested ? Task.CompletedTask : RecordAsync(Circuit.AfterSubmission(isAnswered, why), abort);

    /// <summary>Writes whether the provider answers, if that has changed.</summary>
    public Task RecordCallAsync(bool isAnswered, string why, CancellationToken abort) =>
        abort.IsCancellationRequested ? Task.CompletedTask : RecordAsync(Circuit.AfterCall(isAnswered, why), abort);

    // A call that was given up because the server stops says nothing about the provider: it does not come here.
    private Task RecordAsync(Action<UnitOfWork, long>? change, CancellationToken abort) =>
        change is null ? Task.CompletedTask : WriteAsync(unit => change(unit, Now), abort);

    /// <summary>The provider as it stands at this moment.</summary>
    public ProviderView Current() =>
        context.Readers.Read(provider.Id, static (session, id) => session.Providers.All().Find(one => one.Id == id)) ?? provider;

    /// <summary>A refusal that is about us, and not about what was asked: the provider is paused, or not called for a while.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="reason">What the refusal is about.</param>
    /// <param name="isConfirmed">The balance has confirmed that it is about our money or our key; without that nothing is paused.</param>
    /// <param name="said">In which words.</param>
    /// <param name="exchange">The call.</param>
    public void HeedRefusal(UnitOfWork unit, RejectionReason? reason, bool isConfirmed, string said, HttpExchange exchange)
    {
        if (reason is RejectionReason.Funds or RejectionReason.Key)
        {
            if (isConfirmed)
            {
                ProviderCircuit.Pause(unit, provider.Id, reason.Value, said, Now);
            }
        }
        else if (reason == RejectionReason.Rate)
        {
            ProviderCircuit.RecordTooManyCalls(unit, provider.Id, exchange.RetryAfter, Now);
        }
    }

    /// <summary>Writes what a call has shown, and writes it again as long as the disk does not take it.</summary>
    public async Task WriteAsync(Action<UnitOfWork> work, CancellationToken abort)
    {
        while (true)
        {
            try
            {
                await context.Writes.RunAsync(ActorContext.System, unit =>
                {
                    work(unit);
                    return true;
                });
                return;
            }
            catch (WritesUnavailableException error) when (!abort.IsCancellationRequested)
            {
                context.Log.LogWarning("What provider {Provider} has answered could not be written and is written again: {Reason}", provider.Name, error.Message);
                await Task.Delay(WriteAgain, context.Clock, CancellationToken.None);
            }
        }
    }

    public void Dispose()
    {
        _rate.Dispose();
        _calls.Dispose();
    }

    private sealed class Turn(SemaphoreSlim calls) : IDisposable
    {
        private int _isDisposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            {
                calls.Release();
            }
        }
    }
}
