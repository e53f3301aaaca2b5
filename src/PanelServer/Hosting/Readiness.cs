using PanelServer.Data;

namespace PanelServer.Hosting;

/// <summary>
/// Whether a change would get onto the disk now. A full disk turns it red, and room turns it green again. Anybody may ask,
/// so the disk is asked once a second at the most.
/// </summary>
internal sealed class Readiness(WriteQueue writes)
{
    /// <summary>How long the server calls itself not ready after the database has refused a change.</summary>
    public static readonly TimeSpan UnreadyAfterFailure = TimeSpan.FromSeconds(10);

    private const long MillisecondsBetweenProbes = 1_000;

    private readonly Lock _gate = new();
    private Task<bool>? _probe;
    private long _probedAt;

    public Task<bool> IsReadyAsync()
    {
        lock (_gate)
        {
            var now = Environment.TickCount64;
            if (_probe is null || now - _probedAt >= MillisecondsBetweenProbes)
            {
                (_probe, _probedAt) = (ProbeAsync(), now);
            }

            return _probe;
        }
    }

    private async Task<bool> ProbeAsync()
    {
        try
        {
            await writes.RunAsync(ActorContext.System, unit => unit.Touch());
            return !writes.HasFailedWithin(UnreadyAfterFailure);
        }
        catch (WritesUnavailableException)
        {
            return false;
        }
    }
}
