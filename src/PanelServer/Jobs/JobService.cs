using PanelServer.Data;

namespace PanelServer.Jobs;

/// <summary>
/// The hosted service that lets a serving panel do what is due, and what is done behind the writes, as time goes by. It
/// stops after the pass that is under way.
/// </summary>
/// <param name="passes">What is done each period, one after the other, and again while one says there may be more to do.</param>
/// <param name="writes">While its database is found damaged, nothing is done.</param>
/// <param name="log">Where failures are logged.</param>
internal sealed class JobService(IReadOnlyList<Func<Task<bool>>> passes, WriteQueue writes, ILogger<JobService> log) : BackgroundService
{
    /// <summary>How long something due may wait until it is looked for.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    // A pass under way is bounded, and cutting it off would gain nothing: the host's limit does not hold for it.
    public override Task StopAsync(CancellationToken cancellationToken) => base.StopAsync(CancellationToken.None);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                while (!writes.Damage.IsResting && await RunAllAsync(stoppingToken))
                {
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    /// <summary>A pass of each in turn, so that a long backlog of one holds up no other.</summary>
    private async Task<bool> RunAllAsync(CancellationToken stopping)
    {
        var isMore = false;
        foreach (var pass in passes)
        {
            stopping.ThrowIfCancellationRequested();
            try
            {
                isMore |= await pass();
            }
            catch (WritesUnavailableException)
            {
                // Logged where it was refused.
            }
#pragma warning disable CA1031 // The service outlives whatever a pass runs into: what is due stays due.
            catch (Exception error)
#pragma warning restore CA1031
            {
                if (writes.Damage.Detects(error))
                {
                    return false;
                }

                log.LogError(error, "A pass over what is due failed and is tried again");
            }
        }

        return isMore;
    }
}
