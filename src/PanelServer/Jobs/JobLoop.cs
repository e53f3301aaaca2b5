using PanelServer.Data;

namespace PanelServer.Jobs;

/// <summary>Lets a serving panel do what is due, and what is done behind the writes, as time goes by.</summary>
internal sealed class JobLoop : IAsyncDisposable
{
    /// <summary>How long something due may wait until it is looked for.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private readonly DamageWatch _damage;

    private JobLoop(IReadOnlyList<Func<Task<bool>>> passes, DamageWatch damage, ILogger<JobLoop> log)
    {
        _damage = damage;
        _running = RunAsync(passes, log);
    }

    /// <param name="passes">What is done each period, one after the other, and again while one says there may be more to do.</param>
    /// <param name="damage">While it rests, nothing is done.</param>
    /// <param name="log">Where failures are told.</param>
    public static JobLoop Start(IReadOnlyList<Func<Task<bool>>> passes, DamageWatch damage, ILogger<JobLoop> log) => new(passes, damage, log);

    /// <summary>Ends after the pass that is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(IReadOnlyList<Func<Task<bool>>> passes, ILogger<JobLoop> log)
    {
        using var timer = new PeriodicTimer(Period);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                while (!_damage.IsResting && await RunAllAsync(passes, log))
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
    private async Task<bool> RunAllAsync(IReadOnlyList<Func<Task<bool>>> passes, ILogger<JobLoop> log)
    {
        var isMore = false;
        foreach (var pass in passes)
        {
            _stop.Token.ThrowIfCancellationRequested();
            try
            {
                isMore |= await pass();
            }
            catch (WritesUnavailableException)
            {
                // Told where it was refused.
            }
#pragma warning disable CA1031 // The loop outlives whatever a pass runs into: what is due stays due.
            catch (Exception error)
#pragma warning restore CA1031
            {
                if (_damage.Meets(error))
                {
                    return false;
                }

                log.LogError(error, "A pass over what is due failed and is tried again");
            }
        }

        return isMore;
    }
}
