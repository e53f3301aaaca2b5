namespace PanelServer.Data;

/// <summary>Lets what would be said with every call be said once a second.</summary>
internal sealed class OncePerSecond
{
    private const long Milliseconds = 1_000;

    private long _saidAt = long.MinValue / 2;

    /// <summary>Whether it may be said now.</summary>
    public bool IsNext()
    {
        var (said, now) = (Volatile.Read(ref _saidAt), Environment.TickCount64);
        return now - said >= Milliseconds && Interlocked.CompareExchange(ref _saidAt, now, said) == said;
    }
}
