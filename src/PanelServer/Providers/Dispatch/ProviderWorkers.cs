using PanelServer.Data;

namespace PanelServer.Providers.Dispatch;

/// <summary>
/// Makes the worker of each provider and keeps it as long as the provider is set up alike. A worker that was replaced is
/// disposed, and its key forgotten, as soon as nobody uses it and none of its calls is under way.
/// </summary>
/// <param name="upstream">The providers as they can be called.</param>
/// <param name="context">What all workers share.</param>
internal sealed class ProviderWorkers(ProviderDirectory upstream, DispatchContext context) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, Kept> _kept = [];
    private readonly HashSet<Task> _retiring = [];

    /// <summary>The worker of a provider as it is set up now, for as long as the lease is not disposed.</summary>
    /// <returns>Null when the provider's key cannot be opened.</returns>
    public WorkerLease? Rent(ProviderView provider)
    {
        lock (_gate)
        {
            var kept = _kept.GetValueOrDefault(provider.Id);
            if (kept is null || !IsSetUpAlike(kept.Worker.Provider, provider))
            {
                if (upstream.AccountOf(provider) is not { } account)
                {
                    return null;
                }

                if (kept is not null)
                {
                    Retire(kept);
                }

                _kept[provider.Id] = kept = new(new(provider, account, context));
            }

            kept.Users++;
            return new(kept.Worker, () => Return(kept));
        }
    }

    /// <summary>Ends when every worker has ended what is under way. Nobody may rent one any more.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] retiring;
        lock (_gate)
        {
            foreach (var kept in _kept.Values)
            {
                Retire(kept);
            }

            _kept.Clear();
            retiring = [.. _retiring];
        }

        await Task.WhenAll(retiring);
    }

    private static bool IsSetUpAlike(ProviderView one, ProviderView other) =>
        (one.Url, one.Secret, one.IsInternal, one.Concurrency, one.PerSecond, one.Exchange, one.Currency, one.Name, one.Sign)
        == (other.Url, other.Secret, other.IsInternal, other.Concurrency, other.PerSecond, other.Exchange, other.Currency, other.Name, other.Sign);

    private void Return(Kept kept)
    {
        lock (_gate)
        {
            kept.Users--;
            if (kept.Users == 0 && kept.IsRetired)
            {
                kept.Unused.SetResult();
            }
        }
    }

    /// <summary>Disposes a worker when its users have returned it and its calls have ended; under the lock.</summary>
    private void Retire(Kept kept)
    {
        kept.IsRetired = true;
        if (kept.Users == 0)
        {
            kept.Unused.SetResult();
        }

        var retiring = EndAsync(kept);
        _retiring.Add(retiring);
        _ = retiring.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private void Forget(Task retired)
    {
        lock (_gate)
        {
            _retiring.Remove(retired);
        }
    }

    private static async Task EndAsync(Kept kept)
    {
        await kept.Unused.Task;
        await kept.Worker.Dispatcher.UnderWayAsync();
        kept.Worker.Dispose();
    }

    private sealed class Kept(ProviderWorker worker)
    {
        public ProviderWorker Worker => worker;

        public int Users { get; set; }

        public bool IsRetired { get; set; }

        public TaskCompletionSource Unused { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>A worker in use; it is not disposed as long as the lease is not.</summary>
internal sealed class WorkerLease(ProviderWorker worker, Action giveBack) : IDisposable
{
    private int _isDisposed;

    /// <summary>The worker.</summary>
    public ProviderWorker Worker => worker;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            giveBack();
        }
    }
}
