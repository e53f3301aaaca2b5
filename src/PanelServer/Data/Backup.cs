namespace PanelServer.Data;

/// <summary>Copies databases whole: as they are at one moment while others write, and never half there.</summary>
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
            var copy = source.CopyTo(unfinished);
            var wrong = copy.Damage() is { } damage ? $"is damaged: {damage}"
                : findings?.Invoke(copy) is [var first, ..] ? $"has wrong books: {first}"
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

    /// <summary>What the file is; says why when it is no panel's backup.</summary>
    /// <exception cref="PanelException">It is no database, not a panel's, damaged, or of a newer program.</exception>
    public static PanelIdentity Inspect(string path)
    {
        try
        {
            var backup = new PanelDatabase(path);
            var version = backup.Schema();
            if (version == 0 || version > PanelDatabase.NewestSchema)
            {
                throw new PanelException(version == 0 ? $"{path} is not a panel's backup" : $"{path}: {backup.Unfit()}");
            }

            if (backup.Damage() is { } damage)
            {
                throw new PanelException($"{path} is damaged: {damage}");
            }

            return backup.Identity() ?? throw new PanelException($"{path} holds no panel");
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

        // The backup does not know what was sent to providers after it was made: nothing is sent until somebody has looked.
        var paused = new PanelDatabase(beside).PauseProviders(now);
        if (File.Exists(target.Path))
        {
            Checkpoint(target);
        }

        // A log that stays would be replayed over the restored file.
        foreach (var part in LogParts)
        {
            File.Delete(target.Path + part);
        }

        File.Move(beside, target.Path, overwrite: true);
        return paused;
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
    private static void Checkpoint(PanelDatabase target)
    {
        try
        {
            target.Checkpoint();
        }
        catch (StorageException)
        {
            // Damaged: that is why it is being replaced.
        }
    }
}
