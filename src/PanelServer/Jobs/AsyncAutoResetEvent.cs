namespace PanelServer.Jobs;

/// <summary>Wakes the waiter. Setting it several times before it is awaited counts once.</summary>
internal sealed class AsyncAutoResetEvent : IDisposable
{
    private readonly SemaphoreSlim _rung = new(0, 1);

    /// <summary>There may be work.</summary>
    public void Set()
    {
        if (_rung.CurrentCount > 0)
        {
            return;
        }

        try
        {
            _rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else has rung at the same moment.
        }
    }

    /// <summary>Waits until it is rung, or the time is over.</summary>
    /// <returns>Whether it was rung.</returns>
    public Task<bool> WaitAsync(TimeSpan most, CancellationToken cancel) => _rung.WaitAsync(most, cancel);

    public void Dispose() => _rung.Dispose();
}
