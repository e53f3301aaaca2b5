using Microsoft.Data.Sqlite;
using PanelServer.Domain.Providers;

namespace PanelServer.Data.Engines.Sqlite;

/// <content>What is done with a database as a whole: its schema, whether it is sound, copies of it.</content>
internal sealed partial record PanelDatabase
{
    /// <summary>How the engine is called where people read it.</summary>
    public const string EngineName = "SQLite";

    private const int SchemaWithSeed = 2;
    private const int SchemaWithProviders = 4;
    private const long LongLog = LogBytesKept * 3 / 2;
    private const int MaxLogWaits = 40;
    private const string OneFile = "PRAGMA journal_mode = DELETE";

    private static readonly TimeSpan LogWait = TimeSpan.FromMilliseconds(25);

    /// <summary>The schema that this program knows.</summary>
    public static int NewestSchema => SchemaUpgrade.Newest;

    /// <summary>The schema of the database; 0 when it holds no panel.</summary>
    public int Schema()
    {
        using var connection = OpenReader();
        return SchemaUpgrade.VersionOf(connection);
    }

    /// <summary>Why this program cannot read the database; null when it can.</summary>
    public string? Unfit() => Schema() switch
    {
        0 => $"{Path} holds no panel",
        var version when version > NewestSchema => SchemaUpgrade.TooNew(version),
        var version when version < NewestSchema => SchemaUpgrade.TooOld(Path, version),
        _ => null,
    };

    /// <summary>What the engine finds wrong with what is stored; null when it is sound.</summary>
    public string? Damage()
    {
        using var connection = OpenReader();
        using var check = new Statement(connection, "PRAGMA quick_check(1)");
        check.Step();
        return check.Text(0) is var said && said == "ok" ? null : said;
    }

    /// <summary>What the panel is, in the schema of an older version, too; null where nothing was written yet.</summary>
    public PanelIdentity? Identity()
    {
        using var connection = OpenReader();
        using var row = new Statement(connection, SchemaUpgrade.VersionOf(connection) < SchemaWithSeed ? IdentityColumns.FirstSql : IdentityColumns.Sql);
        return IdentityColumns.Read(row);
    }

    /// <summary>How large the database is.</summary>
    public long Bytes()
    {
        using var connection = OpenReader();
        using var pages = new Statement(connection, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
        return pages.Number();
    }

    /// <summary>Copies the database as it is at one moment, while others write, into a new file that needs no log.</summary>
    public PanelDatabase CopyTo(string path)
    {
        using var from = OpenReader();
        using var to = Open(SqliteOpenMode.ReadWriteCreate, path);
        Copy(from, to);
        Execute(to, OneFile);
        return new(path);
    }

    /// <summary>Puts all of the database into its file, without a log beside it: for a copy that is only read.</summary>
    public void MakeOneFile()
    {
        using var connection = OpenWriter(maxPages: 0);
        Execute(connection, OneFile);
    }

    /// <summary>Folds the log into the file, as far as both can be read at all.</summary>
    public void Checkpoint()
    {
        using var connection = OpenWriter(maxPages: 0);
        Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>Pauses every provider, as an operator would; in the schema of an older version, too.</summary>
    /// <returns>How many were not paused before.</returns>
    public int PauseProviders(long now)
    {
        using var connection = Open(SqliteOpenMode.ReadWrite, Path);
        if (SchemaUpgrade.VersionOf(connection) < SchemaWithProviders)
        {
            return 0;
        }

        using var pause = new Statement(
            connection,
            $"UPDATE providers SET paused = {(int)Pause.Operator}, paused_at = ?1 WHERE paused <> {(int)Pause.Operator}");
        return pause.Bind(1, now).Run();
    }

    /// <summary>Opens what the books are proved from.</summary>
    public BooksReader OpenBooks() => new(OpenReader());

    /// <summary>
    /// Waits, where the log has grown long, until the writer has begun it again: it cannot while a long reading goes on.
    /// </summary>
    /// <returns>False when the log is long still: nothing writes, or another reader holds it, and waiting is of no use.</returns>
    public bool WaitForShortLog()
    {
        for (var wait = 0; wait < MaxLogWaits && LogBytes > LongLog; wait++)
        {
            Thread.Sleep(LogWait);
        }

        return LogBytes <= LongLog;
    }

    /// <summary>Copies all of a database over another.</summary>
    internal static void Copy(SqliteConnection from, SqliteConnection to)
    {
        try
        {
            from.BackupDatabase(to);
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Of(error);
        }
    }
}
