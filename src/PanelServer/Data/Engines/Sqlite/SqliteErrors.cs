using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>Translates what SQLite says is wrong at the border of the engine.</summary>
internal static class SqliteErrors
{
    public const int ReadOnly = 8;
    public const int CannotOpen = 14;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int Corrupt = 11;
    private const int Constraint = 19;
    private const int NoDatabase = 26;

    // The lower byte of an extended code is the code itself.
    private const int PrimaryMask = 0xFF;

    /// <summary>The exception for a code that SQLite has returned.</summary>
    public static StorageException Of(int code, string message) => new(FaultOf(code & PrimaryMask), message);

    /// <summary>The exception for one of the driver's.</summary>
    public static StorageException Of(DbException error) =>
        new(error is SqliteException sqlite ? FaultOf(sqlite.SqliteErrorCode) : StorageFault.Unavailable, error.Message, error);

    private static StorageFault FaultOf(int code) => code switch
    {
        Busy or Locked => StorageFault.Conflict,
        Constraint => StorageFault.Constraint,
        CannotOpen => StorageFault.NotOpened,
        Corrupt or NoDatabase => StorageFault.Damaged,
        _ => StorageFault.Unavailable,
    };
}
