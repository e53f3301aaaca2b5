namespace PanelServer.Data.Engines.Sqlite;

/// <summary>
/// A reading connection without the locks by which SQLite lets several threads share one: they are a tenth of what it costs
/// to read a hundred orders. Its owner sees to it that one thread uses it at a time.
/// </summary>
internal sealed class UnsharedConnection : IDisposable
{
    private const int ReadOnly = 0x1;
    private const int WithoutLocks = 0x8000;

    /// <summary>Opens a database that is there.</summary>
    /// <exception cref="StorageException">It cannot be opened.</exception>
    public UnsharedConnection(string path)
    {
        var code = SqliteNative.Open(path, out var handle, ReadOnly | WithoutLocks, 0);
        Handle = handle;
        if (code != 0)
        {
            Dispose();
            throw SqliteErrors.Of(code, $"SQLite {code}: {path} cannot be opened for reading");
        }
    }

    /// <summary>The native handle.</summary>
    public nint Handle { get; private set; }

    public void Dispose()
    {
        _ = SqliteNative.Close(Handle);
        Handle = 0;
    }
}
