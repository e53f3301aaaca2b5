using Microsoft.Data.Sqlite;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>
/// The next id of a kind, kept in the panel's row. A batch reads it once, counts in memory and writes it back once before
/// its commit: an UPDATE with RETURNING for each order costs more than the order itself.
/// </summary>
internal sealed class IdCounter(SqliteConnection connection, string column) : IDisposable
{
    private readonly Statement _read = new(connection, $"SELECT {column} FROM panel");
    private readonly Statement _write = new(connection, $"UPDATE panel SET {column} = ?1");
    private long? _next;

    /// <summary>The next id; taken only by a unit that goes on to use it.</summary>
    /// <exception cref="OverflowException">The last id has been given.</exception>
    public int Take()
    {
        var id = _next ?? _read.Number();
        _next = id + 1;
        return checked((int)id);
    }

    /// <summary>Writes what was taken; to be called before the commit.</summary>
    public void Keep()
    {
        if (_next is { } next)
        {
            _write.Bind(1, next).Run();
            _next = null;
        }
    }

    /// <summary>Forgets what was taken, with the batch that is taken back.</summary>
    public void Forget() => _next = null;

    public void Dispose()
    {
        _read.Dispose();
        _write.Dispose();
    }
}
