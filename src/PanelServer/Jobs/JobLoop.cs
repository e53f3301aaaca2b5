
namespace PanelServer.Jobs;

/// <summary>Lets a serving panel do what is due, as time goes by.</summary>
internal sealed class JobLoop : IAsyncDisposable
{
    /// <summary>How long something due may wait until it is looked for.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private JobLoop(JobRunner jobs, ILogger<JobLoop> log) => _running = RunAsync(jobs, log);

    public static JobLoop Start(JobRunner jobs, ILogger<JobLoop> log) => new(jobs, log);

    /// <summary>Ends after the pass that is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(JobRunner jobs, ILogger<JobLoop> log)
    {
        using var timer = new PeriodicTimer(Period);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await RunDueAsync(jobs, log);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task RunDueAsync(JobRunner jobs, ILogger<JobLoop> log)
    {
        try
        {
            while (!_stop.IsCancellationRequested && await jobs.RunOnceAsync() == JobRunner.PassSize)
            {
            }
        }
#pragma warning disable CA1031 // The loop outlives whatever a pass runs into: what is due stays due.
        catch (Exception error)
#pragma warning restore CA1031
        {
            log.LogError(error, "A pass over what is due failed and is tried again");
        }
    }
}
