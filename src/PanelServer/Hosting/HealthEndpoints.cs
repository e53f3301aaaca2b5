using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PanelServer.Hosting;

/// <summary><c>/healthz</c> and <c>/readyz</c>: that the process lives, and whether it can do its work, with the reasons why not.</summary>
internal sealed class HealthEndpoints(HealthCheckService health)
{
    public static Task LiveAsync(HttpContext context) => context.Response.WriteAsync("ok", context.RequestAborted);

    public async Task ReadyAsync(HttpContext context)
    {
        var report = await health.CheckHealthAsync(CancellationToken.None);
        if (report.Status == HealthStatus.Healthy)
        {
            await context.Response.WriteAsync("ready", context.RequestAborted);
            return;
        }

        var reasons = report.Entries.Values.Where(entry => entry.Status != HealthStatus.Healthy).Select(entry => entry.Description).Distinct();
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        await context.Response.WriteAsync($"not ready: {string.Join("; ", reasons)}", context.RequestAborted);
    }
}
