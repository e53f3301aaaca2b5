using Microsoft.Data.Sqlite;
using PanelServer.Data.Engines.Sqlite;
using PanelServer.Domain.Providers;

namespace PanelServer.Data;

/// <summary>Copies databases whole, by SQLite's own backup: consistent while others write, and never half there.</summary>
internal static class Backup
{
    private const string Unfinished = ".unfinished";
    private const string Restoring = ".restoring";

    private static readonly string[] LogParts = ["-wal", "-shm", "-journal"];

    /// <summary>Copies a database of one moment into a new file, which appears only when the copy is proved.</summary>
    /// <param name="source">What is copied.</param>
    /// <param name="path">Where to; it must not exist.</param>
    /// <param name="findings">What is wrong with the books in a copy; null where they are not looked at.</param>
    /// <exception cref="PanelException">The copy is damaged or its books are wrong, as the database itself is.</exception>
    public static void Write(PanelDatabase source, string path, Func<PanelDatabase, IReadOnlyList<string>>? findings = null)
    {
        // A name of its own: another backup may be under way.
        var unfinished = $"{path}.{Path.GetRandomFileName()}{Unfinished}";
        try
        {
            using (var from = source.OpenReader())
            using (var to = Open(unfinished, SqliteOpenMode.ReadWriteCreate))
            {
                from.BackupDatabase(to);

                // One file to carry away: the log is only for a database in use.
                PanelDatabase.Execute(to, "PRAGMA journal_mode = DELETE");
            }

            var wrong = Damage(unfinished) is { } damage ? $"is damaged: {damage}"
                : findings?.Invoke(new(unfinished)) is [var first, ..] ? $"has wrong books: {first}"
                : null;
            if (wrong is not null)
            {
                throw new PanelException($"{source.Path} {wrong}; no backup was written, `panelserver verify` tells more, `panelserver restore FILE --force` puts an older backup in its place");
            }

            File.Move(unfinished, path);
        }
        catch (Exception error)
        {
            foreach (var part in LogParts.Prepend(""))
            {
                File.Delete(unfinished + part);
            }

            if (DamageWatch.IsDamage(error))
            {
                throw new PanelException($"{source.Path} is damaged ({error.GetBaseException().Message}); no backup was written, see `panelserver check`", error);
            }

            throw;
        }
    }

    /// <summary>What SQLite finds wrong with a file; null when it is sound.</summary>
    private static string? Damage(string path)
    {
        using var connection = Open(path, SqliteOpenMode.ReadOnly);
        using var check = new Statement(connection, "PRAGMA quick_check(1)");
        check.Step();
        return check.Text(0) is var said && said == "ok" ? null : said;
    }

    /// <summary>What the file is; says why when it is no panel's backup.</summary>
    /// <exception cref="PanelException">It is no database, not a panel's, damaged, or of a newer program.</exception>
    public static PanelIdentity Inspect(string path)
    {
        try
        {
            using var connection = Open(path, SqliteOpenMode.ReadOnly);
            var version = SchemaUpgrade.VersionOf(connection);
            if (version == 0 || version > SchemaUpgrade.Newest)
            {
                throw new PanelException(version == 0
                    ? $"{path} is not a panel's backup"
                    : $"{path}: {SchemaUpgrade.TooNew(version)}");
            }

            if (Damage(path) is { } damage)
            {
                throw new PanelException($"{path} is damaged: {damage}");
            }

            using var reader = new ReadSession(Open(path, SqliteOpenMode.ReadOnly));
            return PanelIdentity.Read(reader) ?? throw new PanelException($"{path} holds no panel");
        }
        catch (StorageException error)
        {
            throw new PanelException($"{path} is not a panel's backup: {error.Message}", error);
        }
    }

    /// <summary>
    /// Puts a backup in a database's place, whatever is there: sound, damaged, or only the log that a killed server left.
    /// The backup is copied whole beside it and takes its name in one step, so that an interruption leaves the old one.
    /// </summary>
    /// <returns>How many providers are paused by it: what was sent since the backup would be sent to them again.</returns>
    public static int Restore(string path, PanelDatabase target, long now)
    {
        var beside = target.Path + Restoring;
        File.Delete(beside);
        Write(new(path), beside);
        var paused = PauseProviders(beside, now);
        if (File.Exists(target.Path))
        {
            FoldLog(target);
        }

        // A log that stays would be replayed over the restored file.
        foreach (var part in LogParts)
        {
            File.Delete(target.Path + part);
        }

        File.Move(beside, target.Path, overwrite: true);
        return paused;
    }

    /// <summary>
    /// The backup does not know what was sent to providers after it was made. Nothing is sent until somebody has looked.
    /// </summary>
    private static int PauseProviders(string path, long now)
    {
        const int SchemaWithProviders = 4;
        using var connection = Open(path, SqliteOpenMode.ReadWrite);
        if (SchemaUpgrade.VersionOf(connection) < SchemaWithProviders)
        {
            return 0;
        }

        using var pause = new Statement(
            connection,
            $"UPDATE providers SET paused = {(int)Pause.Operator}, paused_at = ?1 WHERE paused <> {(int)Pause.Operator}");
        return pause.Bind(1, now).Run();
    }

    /// <summary>Copies the ring of keys beside a backup, or back from there.</summary>
    /// <returns>Whether there was one.</returns>
    public static bool CopyKeys(string from, string to)
    {
        if (!Directory.Exists(from))
        {
            return false;
        }

        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }

        return true;
    }

    /// <summary>Makes the old database whole without its log, as far as it can be read at all.</summary>
    private static void FoldLog(PanelDatabase target)
    {
        try
        {
            using var connection = target.OpenWriter(maxPages: 0);
            PanelDatabase.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (StorageException)
        {
            // Damaged: that is why it is being replaced.
        }
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
