namespace PanelServer.Data.Engines.Sqlite;

/// <summary>
/// Checkpoints: the write-ahead log is copied into the database file when it has grown long, so that it can begin again. The
/// writer makes all of them, between two batches.
/// </summary>
/// <param name="readers">Readers of the same database, whose snapshots keep the log; null where there are none.</param>
/// <param name="damage">Notices a damaged file.</param>
/// <param name="log">Where a failed checkpoint is logged.</param>
internal sealed class LogCheckpoints(ReaderPool? readers, DamageWatch damage, ILogger log)
{
    // Pages written until a checkpoint that did not reach the end of the log is tried again.
    private const int RetryPages = 1_000;

    private int _pages;

    /// <summary>Counts what a batch has written, and makes a checkpoint when it is time.</summary>
    public void AfterCommit(UnitOfWork writer)
    {
        _pages += writer.LoggedPages();
        if (_pages >= PanelDatabase.CheckpointPages)
        {
            _pages = TryCheckpoint(writer) ? 0 : PanelDatabase.CheckpointPages - RetryPages;
        }
    }

    /// <summary>
    /// Makes a checkpoint. Readers release their snapshots before it, so that it can reach the end of the log, and after it,
    /// so that none of them keeps the log from beginning again.
    /// </summary>
    /// <returns>False when another connection, such as a backup's, still reads from the log.</returns>
    private bool TryCheckpoint(UnitOfWork writer)
    {
        try
        {
            readers?.ReleaseSnapshots();
            var isWhole = writer.Checkpoint();
            readers?.ReleaseSnapshots();
            return isWhole;
        }
        catch (ObjectDisposedException)
        {
            // The panel is closing: closing the last connection makes a checkpoint.
            return true;
        }
        catch (StorageException error)
        {
            if (!damage.Detects(error))
            {
                log.LogWarning("The log of the database could not be folded into it, it goes on growing: {Reason}", error.Message);
            }

            return false;
        }
    }
}
