using System.Threading.RateLimiting;
using PanelServer.Data;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Dispatch;

/// <summary>
/// How one provider is called: as whom, how often and how many at a time, and whether it answers. What it answers about us,
/// and not about what was asked, is heeded here.
/// </summary>
/// <param name="provider">The provider.</param>
/// <param name="account">How it is called.</param>
/// <param name="context">What all workers share.</param>
internal sealed class ProviderChannel(ProviderView provider, ProviderAccount account, DispatchContext context) : IDisposable
{
    /// <summary>How long a provider is left alone at the least that says it has too many calls.</summary>
    private static readonly TimeSpan RestAtLeast = TimeSpan.FromSeconds(5);

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

    private volatile bool _isFailing = provider.Failures > 0;
    private int _sendingsFailed = provider.Failures;

    public ProviderView Provider => provider;

    public ProviderAccount Account => account;

    public DispatchContext Context => context;

    public ProviderClient Api => context.Api;

    public long Now => context.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Whether the last call had no answer.</summary>
    public bool IsFailing => _isFailing;

    /// <summary>Sendings at the same time: one alone as long as the last was not answered, whatever is answered to questions.</summary>
    public int SendingsAtOnce => Volatile.Read(ref _sendingsFailed) > 0 ? 1 : provider.Concurrency;

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

    /// <summary>Asks a question within the provider's limits.</summary>
    public async Task<T> AskAsync<T>(Func<Task<T>> question, CancellationToken abort)
    {
        using var turn = await TurnAsync(abort);
        return await question();
    }

    /// <summary>Writes down whether a sending was answered, if that has changed.</summary>
    public Task NoteSendingAsync(bool isAnswered, string why, CancellationToken abort)
    {
        if (isAnswered)
        {
            // What answered questions takes orders again, too: that is news even if the last call was answered.
            _isFailing |= Interlocked.Exchange(ref _sendingsFailed, 0) > 0;
        }
        else if (!abort.IsCancellationRequested)
        {
            Interlocked.Increment(ref _sendingsFailed);
        }

        return NoteAsync(isAnswered, why, abort);
    }

    /// <summary>Writes down whether the provider answers, if that has changed.</summary>
    public async Task NoteAsync(bool isAnswered, string why, CancellationToken abort)
    {
        // A call that was given up because the server stops says nothing about the provider.
        if (abort.IsCancellationRequested || (isAnswered && !_isFailing))
        {
            return;
        }

        _isFailing = !isAnswered;
        await WriteAsync(
            unit =>
            {
                if (!isAnswered)
                {
                    CircuitBreaker.RecordFailure(unit, provider.Id, why, Now);
                }
                else if (Volatile.Read(ref _sendingsFailed) == 0)
                {
                    CircuitBreaker.RecordSuccess(unit, provider.Id, Now);
                }
                else
                {
                    // It answers questions. Whether it takes orders, the next one shows, alone.
                    CircuitBreaker.LeaveAloneUntil(unit, provider.Id, until: null);
                }
            },
            abort);
    }

    /// <summary>The provider as it stands at this moment.</summary>
    public ProviderView Current() =>
        context.Readers.Read(provider.Id, static (reader, id) => reader.Providers().Find(one => one.Id == id)) ?? provider;

    /// <summary>What is written of its failures counts: of two calls that ended at once, the one may have been noted here and the other there.</summary>
    public void Recall(ProviderView current) => _isFailing |= current.Failures > 0 || current.OpenUntil is not null;

    /// <summary>A no that is about us, and not about what was asked: the provider is paused, or left alone for a while.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="objection">What the no is about.</param>
    /// <param name="isConfirmed">The balance has confirmed that it is about our money or our key; without that nothing is paused.</param>
    /// <param name="said">In which words.</param>
    /// <param name="exchange">The call.</param>
    public void Heed(UnitOfWork unit, RejectionReason? objection, bool isConfirmed, string said, HttpExchange exchange)
    {
        if (objection is RejectionReason.Funds or RejectionReason.Key)
        {
            if (isConfirmed)
            {
                CircuitBreaker.Pause(unit, provider.Id, objection.Value, said, Now);
            }
        }
        else if (objection == RejectionReason.Rate)
        {
            var rest = exchange.RetryAfter is { } wanted && wanted > RestAtLeast ? wanted : RestAtLeast;
            CircuitBreaker.LeaveAloneUntil(unit, provider.Id, Now + (long)rest.TotalMilliseconds);
        }
    }

    /// <summary>Writes what is known, and does not forget it because the disk takes nothing for a while.</summary>
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
        public void Dispose() => calls.Release();
    }
}
