using Microsoft.Extensions.Diagnostics.HealthChecks;
using PanelServer.Data;

namespace PanelServer.Hosting;

/// <summary>
/// The health check <c>writes</c>: whether a change would get onto the disk now. A full disk turns it red, and room turns it
/// green again. Everybody may ask, so the disk is asked once a second at the most.
/// </summary>
internal sealed class WritesCheck(WriteQueue writes) : IHealthCheck
{
    /// <summary>How long the server calls itself not ready after the database has refused a change.</summary>
    public static readonly TimeSpan UnreadyAfterFailure = TimeSpan.FromSeconds(10);

    private const long MillisecondsBetweenProbes = 1_000;

    private static readonly HealthCheckResult Refused = HealthCheckResult.Unhealthy("the database takes no changes");

    private readonly Lock _gate = new();
    private Task<HealthCheckResult>? _probe;
    private long _probedAt;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
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

    private async Task<HealthCheckResult> ProbeAsync()
    {
        try
        {
            await writes.RunAsync(ActorContext.System, unit => unit.Touch());
            return writes.HasFailedWithin(UnreadyAfterFailure) ? Refused : HealthCheckResult.Healthy();
        }
        catch (WritesUnavailableException)
        {
            return Refused;
        }
    }
}
