using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>
/// One prepared statement of one connection, for the hot path: values are bound and read without boxing
/// (docs/decisions/0004). Used by one thread at a time, in this order: Bind…, then Step until false, or Run.
/// </summary>
internal sealed class Statement : IDisposable
{
    private const int StackBytes = 512;

    private readonly nint _connection;
    private nint _statement;

    /// <param name="connection">The connection, open.</param>
    /// <param name="sql">One statement.</param>
    /// <exception cref="StorageException">The engine does not understand it.</exception>
    public Statement(SqliteConnection connection, string sql)
        : this(SqliteNative.HandleOf(connection), sql)
    {
    }

    /// <param name="connection">The native handle of an open connection.</param>
    /// <param name="sql">One statement.</param>
    /// <exception cref="StorageException">The engine does not understand it.</exception>
    public Statement(nint connection, string sql)
    {
        _connection = connection;
        Check(SqliteNative.Prepare(_connection, sql, -1, out _statement, 0));
    }

    /// <summary>Binds an integer to the parameter at a place, counted from 1.</summary>
    public Statement Bind(int at, long value)
    {
        Check(SqliteNative.BindLong(_statement, at, value));
        return this;
    }

    public Statement Bind(int at, long? value) => value is { } number ? Bind(at, number) : BindNull(at);

    public Statement Bind(int at, string? value)
    {
        if (value is null)
        {
            return BindNull(at);
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var rented = most > StackBytes ? ArrayPool<byte>.Shared.Rent(most) : null;
        var utf8 = rented ?? stackalloc byte[StackBytes];
        var length = Encoding.UTF8.GetBytes(value, utf8);
        Check(SqliteNative.BindText(_statement, at, utf8, length, SqliteNative.Transient));
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return this;
    }

    public Statement Bind(int at, ReadOnlySpan<byte> value)
    {
        Check(SqliteNative.BindBlob(_statement, at, value, value.Length, SqliteNative.Transient));
        return this;
    }

    /// <summary>Moves to the next row; resets the statement when there is none.</summary>
    /// <exception cref="StorageException">The engine could not.</exception>
    public bool Step()
    {
        var code = SqliteNative.Step(_statement);
        if (code == SqliteNative.Row)
        {
            return true;
        }

        if (code != SqliteNative.Done)
        {
            var error = Error(code);
            _ = SqliteNative.Reset(_statement);
            throw error;
        }

        _ = SqliteNative.Reset(_statement);
        return false;
    }

    /// <summary>Runs a change to its end.</summary>
    /// <returns>Rows changed by it.</returns>
    public int Run()
    {
        while (Step())
        {
        }

        return SqliteNative.Changes(_connection);
    }

    /// <summary>The one number that the statement answers; the statement is done with before it is looked at.</summary>
    public long Number()
    {
        Step();
        var number = Long(0);
        Reset();
        return number;
    }

    /// <summary>Ends reading before the last row.</summary>
    public void Reset() => _ = SqliteNative.Reset(_statement);

    public long Long(int at) => SqliteNative.ColumnLong(_statement, at);

    public int Int(int at) => checked((int)Long(at));

    public bool IsNull(int at) => SqliteNative.ColumnType(_statement, at) == SqliteNative.NullType;

    public string Text(int at)
    {
        // The blob call first: it fixes the representation that the length is then asked of.
        var text = SqliteNative.ColumnBlob(_statement, at);
        return text == 0 ? "" : Marshal.PtrToStringUTF8(text, SqliteNative.ColumnBytes(_statement, at));
    }

    public byte[] Blob(int at)
    {
        var source = SqliteNative.ColumnBlob(_statement, at);
        var blob = new byte[SqliteNative.ColumnBytes(_statement, at)];
        if (blob.Length > 0)
        {
            Marshal.Copy(source, blob, 0, blob.Length);
        }

        return blob;
    }

    public void Dispose()
    {
        _ = SqliteNative.Finalize(_statement);
        _statement = 0;
    }

    private Statement BindNull(int at)
    {
        Check(SqliteNative.BindNull(_statement, at));
        return this;
    }

    private void Check(int code)
    {
        if (code != 0)
        {
            throw Error(code);
        }
    }

    private StorageException Error(int code) =>
        SqliteErrors.Of(code, $"SQLite {code}: {Marshal.PtrToStringUTF8(SqliteNative.ErrorMessage(_connection))}");
}
