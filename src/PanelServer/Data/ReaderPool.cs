
namespace PanelServer.Data;

/// <summary>
/// A pool of read sessions. A session is rented and returned within one synchronous call, never across an await, so a caller
/// waits at most for another's statement. Between calls a session keeps its snapshot until something has been committed: a
/// new snapshot costs more than a read (docs/decisions/0019).
/// </summary>
internal sealed class ReaderPool(PanelDatabase database) : IDisposable
{
    /// <summary>How long the writer waits for a call that is reading, so that no reader can stop it.</summary>
    private static readonly TimeSpan MaxCall = TimeSpan.FromSeconds(1);

    // The one used last is used next: it is the warmest.
    private readonly Stack<ReadSession> _idle = new(Size);
    private readonly HashSet<ReadSession> _reading = new(Size);
    private readonly SemaphoreSlim _free = new(Size);
    private long _commits;

    /// <summary>Sessions in the pool: twice the processors.</summary>
    public static int Size => Math.Max(4, Environment.ProcessorCount * 2);

    /// <summary>Reads with a session of the pool; sees everything that was committed before the call.</summary>
    public T Read<TArgument, T>(TArgument argument, Func<ReadSession, TArgument, T> read)
    {
        _free.Wait();
        ReadSession? reader = null;
        var sound = false;
        try
        {
            reader = Take();
            reader.Refresh(Volatile.Read(ref _commits));
            var outcome = read(reader, argument);
            sound = true;
            return outcome;
        }
        finally
        {
            if (reader is not null)
            {
                Return(reader, sound);
            }

            _free.Release();
        }
    }

    /// <summary>Makes reads from now on take a new snapshot. Called after a commit and before its callers are answered.</summary>
    public void MarkCommitted() => Interlocked.Increment(ref _commits);

    /// <summary>
    /// Makes every session release its snapshot, so that a checkpoint can reach the end of the log. Sessions that are in use
    /// are waited for, one call of each and for a second at the most; new calls are not held up.
    /// </summary>
    public void ReleaseSnapshots()
    {
        var now = Interlocked.Increment(ref _commits);
        ReadSession[] reading;
        lock (_idle)
        {
            foreach (var reader in _idle)
            {
                reader.ReleaseSnapshot();
            }

            reading = [.. _reading];
        }

        foreach (var reader in reading)
        {
            SpinWait.SpinUntil(() => !reader.IsLookingBefore(now), MaxCall);
        }
    }

    public void Dispose()
    {
        lock (_idle)
        {
            while (_idle.TryPop(out var reader))
            {
                reader.Dispose();
            }
        }

        _free.Dispose();
    }

    private ReadSession Take()
    {
        lock (_idle)
        {
            if (_idle.TryPop(out var idle))
            {
                _reading.Add(idle);
                return idle;
            }
        }

        var opened = database.OpenReadSession();
        lock (_idle)
        {
            _reading.Add(opened);
        }

        return opened;
    }

    private void Return(ReadSession reader, bool sound)
    {
        lock (_idle)
        {
            _reading.Remove(reader);
            if (sound)
            {
                if (reader.IsLookingBefore(Volatile.Read(ref _commits)))
                {
                    reader.ReleaseSnapshot();
                }

                _idle.Push(reader);
                return;
            }
        }

        // It threw and may hold a statement half-way: it is not used again.
        reader.Dispose();
    }
}
