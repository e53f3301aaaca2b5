using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>
/// The functions of SQLite's own interface that the hot path calls (docs/decisions/0004). Those that only touch a value
/// in memory are called without telling the collector.
/// </summary>
internal static partial class SqliteNative
{
    public const int Row = 100;
    public const int Done = 101;
    public const int NullType = 5;
    private const int WrittenPages = 9;

    /// <summary>SQLite copies what is bound before the call returns.</summary>
    public static readonly nint Transient = -1;

    /// <summary>The library that SQLitePCLRaw brings: EF Core and the hot path are in one and the same.</summary>
    private const string Library = "e_sqlite3";

    /// <summary>The native handle of an open connection.</summary>
    public static nint HandleOf(SqliteConnection connection) => connection.Handle!.DangerousGetHandle();

    [LibraryImport(Library, EntryPoint = "sqlite3_open_v2", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, out nint connection, int flags, nint fileSystem);

    [LibraryImport(Library, EntryPoint = "sqlite3_close_v2")]
    public static partial int Close(nint connection);

    [LibraryImport(Library, EntryPoint = "sqlite3_prepare_v2", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Prepare(nint connection, string sql, int length, out nint statement, nint tail);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_int64")]
    [SuppressGCTransition]
    public static partial int BindLong(nint statement, int at, long value);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_null")]
    [SuppressGCTransition]
    public static partial int BindNull(nint statement, int at);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_text")]
    public static partial int BindText(nint statement, int at, ReadOnlySpan<byte> utf8, int length, nint destructor);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_blob")]
    public static partial int BindBlob(nint statement, int at, ReadOnlySpan<byte> value, int length, nint destructor);

    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    public static partial int Step(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_reset")]
    public static partial int Reset(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_finalize")]
    public static partial int Finalize(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_changes")]
    [SuppressGCTransition]
    public static partial int Changes(nint connection);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64")]
    [SuppressGCTransition]
    public static partial long ColumnLong(nint statement, int at);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_type")]
    [SuppressGCTransition]
    public static partial int ColumnType(nint statement, int at);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_blob")]
    public static partial nint ColumnBlob(nint statement, int at);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes")]
    public static partial int ColumnBytes(nint statement, int at);

    [LibraryImport(Library, EntryPoint = "sqlite3_get_autocommit")]
    [SuppressGCTransition]
    public static partial int Autocommit(nint connection);

    [LibraryImport(Library, EntryPoint = "sqlite3_errcode")]
    public static partial int ErrorCode(nint connection);

    [LibraryImport(Library, EntryPoint = "sqlite3_errmsg")]
    public static partial nint ErrorMessage(nint connection);

    [LibraryImport(Library, EntryPoint = "sqlite3_db_status")]
    private static partial int Status(nint connection, int what, out int current, out int highest, int reset);

    /// <summary>Pages that a connection has written since this was last asked; with a log, pages of the log.</summary>
    public static int TakeWrittenPages(nint connection) =>
        Status(connection, WrittenPages, out var pages, out _, reset: 1) == 0 ? pages : 0;

    [LibraryImport(Library, EntryPoint = "sqlite3_libversion")]
    public static partial nint LibraryVersion();
}
