using System.Data.Common;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data.Entities;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>
/// How the panel's SQLite file is opened: WAL with every commit on disk, one writing connection that also makes all
/// checkpoints, readers that cannot write.
/// </summary>
/// <param name="Path">The database file.</param>
internal sealed partial record PanelDatabase(string Path)
{
    /// <summary>Seconds a statement waits for a lock before it gives up; set here because a command's own is ignored.</summary>
    private const int BusySeconds = 5;

    /// <summary>Pages of log after which the writer makes a checkpoint: at 4 KiB a page about 64 MiB.</summary>
    public const int CheckpointPages = 16_000;

    /// <summary>Bytes of log that are kept when it begins again.</summary>
    public const long LogBytesKept = CheckpointPages * 4096L;

    private const long MappedBytes = 1L << 40;

    private static readonly string BusyPragma = $"PRAGMA busy_timeout = {BusySeconds * 1000}";

    private static readonly string[] ReadingPragmas =
        ["PRAGMA query_only = ON", $"PRAGMA mmap_size = {MappedBytes}", "PRAGMA temp_store = MEMORY"];

    /// <summary>The version of the SQLite library in use.</summary>
    public static string EngineVersion => Marshal.PtrToStringUTF8(SqliteNative.LibraryVersion())!;

    /// <summary>Bytes of the log as it is now; 0 when there is none.</summary>
    public long LogBytes => new FileInfo(Path + "-wal") is { Exists: true, Length: var bytes } ? bytes : 0;

    /// <summary>Opens the one writing connection, making the file if there is none.</summary>
    /// <param name="maxPages">The most pages the file may grow to; 0 = no bound.</param>
    public SqliteConnection OpenWriter(int maxPages)
    {
        var connection = Open(SqliteOpenMode.ReadWriteCreate, Path);
        Execute(
            connection,
            $"""
             PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             PRAGMA foreign_keys = ON;
             PRAGMA wal_autocheckpoint = 0;
             PRAGMA journal_size_limit = {LogBytesKept};
             PRAGMA cache_size = -32768;
             PRAGMA temp_store = MEMORY;
             """);
        if (maxPages > 0)
        {
            Execute(connection, $"PRAGMA max_page_count = {maxPages};");
        }

        return connection;
    }

    /// <summary>Opens a connection that can only read.</summary>
    public SqliteConnection OpenReader()
    {
        var connection = OpenReadOnly();
        Execute(connection, string.Join(';', ReadingPragmas));
        return connection;
    }

    /// <summary>Opens a connection that can only read, for one thread at a time.</summary>
    public UnsharedConnection OpenUnshared()
    {
        var connection = new UnsharedConnection(Path);
        try
        {
            foreach (var pragma in ReadingPragmas.Prepend(BusyPragma))
            {
                using var statement = new Statement(connection.Handle, pragma);
                statement.Run();
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens what the hot reads read with, for one thread at a time.</summary>
    public ReadSession OpenReadSession() => new(OpenUnshared());

    /// <summary>A context on a connection of its own that only reads; disposing it closes the connection.</summary>
    public PanelDb OpenReadingDb()
    {
        var connection = OpenReader();
        return new(new DbContextOptionsBuilder<PanelDb>().UseSqlite(connection, contextOwnsConnection: true).Options);
    }

    /// <summary>Runs statements that answer nothing.</summary>
    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is ours: pragmas and schema scripts, never input.
        command.CommandText = sql;
#pragma warning restore CA2100
        try
        {
            command.ExecuteNonQuery();
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Of(error);
        }
    }

    /// <summary>A reseller's orders, as a query to go on with.</summary>
    public static IQueryable<OrderRow> OrdersOf(PanelDb db, int reseller) => db.Orders.FromSqlRaw(SideIndexStatements.OrdersOfSql, reseller);

    /// <summary>What an exception of the engine's driver means.</summary>
    public static StorageException Translate(DbException error) => SqliteErrors.Of(error);

    private SqliteConnection OpenReadOnly()
    {
        var connection = Open(SqliteOpenMode.ReadOnly, Path);
        try
        {
            using var first = new Statement(connection, "SELECT 1 FROM sqlite_master");
            first.Step();
            return connection;
        }
        catch (StorageException) when (!HasLog && SqliteNative.ErrorCode(SqliteNative.HandleOf(connection)) is SqliteErrors.ReadOnly or SqliteErrors.CannotOpen)
        {
            // In a folder that nobody may write a reader cannot make its index of the log. Without a log nobody writes
            // either, so the file can be read as the unchanging thing it is.
            connection.Dispose();
            return Open(SqliteOpenMode.ReadOnly, $"{new Uri(System.IO.Path.GetFullPath(Path)).AbsoluteUri}?immutable=1");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private bool HasLog => LogBytes > 0;

    private static SqliteConnection Open(SqliteOpenMode mode, string source)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = source,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = BusySeconds,
        }.ToString());
        try
        {
            connection.Open();
            Execute(connection, BusyPragma);
            return connection;
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw SqliteErrors.Of(error);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
