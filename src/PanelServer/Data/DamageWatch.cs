namespace PanelServer.Data;

/// <summary>
/// Says once that the database is damaged, and lets it rest: what meets damage would meet it again with every call, and
/// nothing that is written beside it is to be trusted.
/// </summary>
internal sealed class DamageWatch(ILogger log)
{
    /// <summary>How long nothing is written and no job runs after damage was met.</summary>
    public static readonly TimeSpan RestFor = TimeSpan.FromSeconds(30);

    private long _metAt = long.MinValue;
    private int _isTold;

    /// <summary>Whether damage was met a short while ago.</summary>
    public bool IsResting => Volatile.Read(ref _metAt) > Environment.TickCount64 - (long)RestFor.TotalMilliseconds;

    /// <summary>Whether an error says that the file is damaged.</summary>
    public static bool IsDamage(Exception? error) => StorageException.In(error) is { Fault: StorageFault.Damaged };

    /// <summary>Checks whether an error that was met is damage.</summary>
    /// <returns>Whether it is damage; the first is logged.</returns>
    public bool Detects(Exception error)
    {
        if (!IsDamage(error))
        {
            return false;
        }

        Volatile.Write(ref _metAt, Environment.TickCount64);
        if (Interlocked.Exchange(ref _isTold, 1) == 0)
        {
            log.LogCritical(
                "The database is damaged ({Reason}). Nothing is written until it can be; this is said once. See `panelserver check`, then stop the server and put a backup in its place by `panelserver restore FILE --force`",
                error.GetBaseException().Message);
        }

        return true;
    }
}
