namespace PanelServer.Sandbox;

/// <summary>A clock that stands still until it is told to move.</summary>
/// <param name="instant">Unix milliseconds.</param>
internal sealed class SandboxClock(long instant) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(instant);
}
