namespace PanelServer.Data;

/// <summary>
/// Readers for lists, pages and reports: a fixed number of connections of their own, so that however many are asked for at
/// once, and however long they take, the contract's readers (<see cref="ReaderPool"/>) stay free.
/// </summary>
/// <param name="database">Where they read.</param>
/// <param name="maxWait">How long a read waits for a free reader before it is refused.</param>
internal sealed class QueryReaders(PanelDatabase database, TimeSpan maxWait) : IDisposable
{
    /// <summary>How long a read waits in a serving panel.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    // The one used last is used next: it is the warmest.
    private readonly Stack<PanelDb> _idle = new(Size);
    private readonly SemaphoreSlim _free = new(Size);

    /// <summary>Readers at the most: half as many as the contract has.</summary>
    public static int Size => ReaderPool.Size / 2;

    /// <summary>Reads with a reader of its own. Nothing read may be used behind it that is not in memory yet.</summary>
    /// <exception cref="PanelException">All readers are in use, and stay so.</exception>
    public async Task<T> ReadAsync<T>(Func<PanelDb, Task<T>> read)
    {
        if (!await _free.WaitAsync(maxWait))
        {
            throw new PanelException($"{Size} lists and reports are read at the same time already: try again in a moment");
        }

        PanelDb? db = null;
        var isSound = false;
        try
        {
            db = Take();
            var outcome = await read(db);
            isSound = true;
            return outcome;
        }
        finally
        {
            if (db is not null)
            {
                Return(db, isSound);
            }

            _free.Release();
        }
    }

    public void Dispose()
    {
        lock (_idle)
        {
            while (_idle.TryPop(out var db))
            {
                db.Dispose();
            }
        }

        _free.Dispose();
    }

    private PanelDb Take()
    {
        lock (_idle)
        {
            if (_idle.TryPop(out var idle))
            {
                return idle;
            }
        }

        return database.OpenReadingDb();
    }

    private void Return(PanelDb db, bool isSound)
    {
        if (!isSound)
        {
            // It threw and may hold a statement half-way: it is not used again.
            db.Dispose();
            return;
        }

        lock (_idle)
        {
            _idle.Push(db);
        }
    }
}
