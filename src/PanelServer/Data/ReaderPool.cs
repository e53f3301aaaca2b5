using System.Collections.Concurrent;
using PanelServer.Data.Engines.Sqlite;

namespace PanelServer.Data;

/// <summary>
/// A fixed number of readers. A reader is rented and returned within one synchronous call, never across an await, so a
/// caller waits at most for another's statement.
/// </summary>
internal sealed class ReaderPool : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly ConcurrentBag<Reader> _idle = [];
    private readonly SemaphoreSlim _free;

    public ReaderPool(SqliteDatabase database)
    {
        _database = database;
        _free = new(Size);
    }

    /// <summary>Readers at the most: twice the processors.</summary>
    public static int Size => Math.Max(4, Environment.ProcessorCount * 2);

    /// <summary>Reads with a reader of the pool.</summary>
    public T Read<TArgument, T>(TArgument argument, Func<Reader, TArgument, T> read)
    {
        _free.Wait();
        Reader? reader = null;
        var sound = false;
        try
        {
            reader = _idle.TryTake(out var idle) ? idle : new Reader(_database.OpenReader());
            var outcome = read(reader, argument);
            sound = true;
            return outcome;
        }
        finally
        {
            // A reader that threw may hold a statement half-way: it is not used again.
            if (sound)
            {
                _idle.Add(reader!);
            }
            else
            {
                reader?.Dispose();
            }

            _free.Release();
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }

        _free.Dispose();
    }
}
