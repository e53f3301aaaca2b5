namespace PanelServer.Sandbox;

/// <summary>A clock that stands still until a control call moves it.</summary>
/// <param name="instant">Unix milliseconds.</param>
internal sealed class SandboxClock(long instant) : TimeProvider
{
    private long _instant = instant;

    /// <summary>Where it stands, unix milliseconds.</summary>
    public long Instant
    {
        get => Volatile.Read(ref _instant);
        set => Volatile.Write(ref _instant, value);
    }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Instant);
}
