using Microsoft.Extensions.Diagnostics.HealthChecks;
using PanelServer.Data;

namespace PanelServer.Hosting;

/// <summary>The health check <c>damage</c>: whether the database was found damaged, and nothing is written for that.</summary>
internal sealed class DamageCheck(WriteQueue writes) : IHealthCheck
{
    // The same words as those of a refused change: what callers of /readyz compare stays as it is.
    private static readonly HealthCheckResult Damaged = HealthCheckResult.Unhealthy("the database takes no changes");

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(writes.Damage.IsResting ? Damaged : HealthCheckResult.Healthy());
}
