using PanelServer.Data;
using PanelServer.Jobs;
using PanelServer.Providers.Simulated;

namespace PanelServer.Sandbox;

/// <summary>
/// Moves a sandbox's time: visits every instant at which something is due, the earliest first, and does there what is
/// due. What is done at an instant bears that instant, so a year moved at once is like a year moved minute by minute.
/// </summary>
internal sealed class ClockAdvancer(WriteQueue writes, JobRunner jobs, SandboxClock clock)
{
    /// <summary>Moves the clock to an instant. What was due before it began to move is done where it stood.</summary>
    /// <param name="target">Unix milliseconds, later than the clock.</param>
    /// <param name="cancel">Stops the clock at the instant it has reached.</param>
    /// <returns>How many instants were visited.</returns>
    /// <exception cref="WritesUnavailableException">The database takes no changes; the clock stands where it came to.</exception>
    public async Task<int> MoveAsync(long target, CancellationToken cancel)
    {
        var passes = 0;
        for (; jobs.NextDue() is { } due && due <= target; passes++)
        {
            cancel.ThrowIfCancellationRequested();
            await SetAsync(Math.Max(due, clock.Instant));
            while (await jobs.RunOnceAsync() > 0)
            {
            }
        }

        await SetAsync(target);
        await SimulatedProvider.ReportProgressAsync(writes, target);
        return passes;
    }

    private async Task SetAsync(long instant)
    {
        if (instant == clock.Instant)
        {
            return;
        }

        await writes.RunAsync(ActorContext.System, unit => unit.SetClock(instant));
        clock.Instant = instant;
    }
}
