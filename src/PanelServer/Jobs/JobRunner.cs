using PanelServer.Data;
using PanelServer.Data.Entities;

namespace PanelServer.Jobs;

/// <summary>
/// Does what is due, in bounded passes. All it knows is in rows: each piece of work is one unit that first looks whether
/// it is still due, so two passes at the same time do nothing twice, and a killed one leaves nothing half done.
/// </summary>
internal sealed class JobRunner(
    WriteQueue writes,
    ReaderPool readers,
    TimeProvider clock,
    IReadOnlyDictionary<WorkKind, IJob> jobs,
    ILogger<JobRunner> log)
{
    /// <summary>What one pass does at the most.</summary>
    public const int PassSize = 256;

    /// <summary>How long something that fails for the first time is put off; each further time doubles it.</summary>
    public static readonly TimeSpan FirstDelay = TimeSpan.FromMinutes(1);

    /// <summary>How long it is put off at the most.</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromHours(1);

    /// <summary>When something is due next, unix milliseconds; null when nothing is.</summary>
    public long? NextDue() => readers.Read(0, static (session, _) => session.Work.NextDue());

    /// <summary>One pass: does what is due now, the earliest first.</summary>
    /// <returns>How much it has tried to do; below <see cref="PassSize"/> nothing more was due.</returns>
    /// <exception cref="WritesUnavailableException">The database takes no changes; what is due stays due.</exception>
    public async Task<int> RunOnceAsync()
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var due = readers.Read(now, static (session, until) => session.Work.Due(until, PassSize));
        await Task.WhenAll(due.Select(one => RunAsync(one, now)).ToList());
        return due.Count;
    }

    /// <summary>How long something is put off that has failed so often before.</summary>
    public static TimeSpan DelayAfter(int attempts)
    {
        const int DoublingsToLongest = 6;
        var delay = FirstDelay * (1 << Math.Min(attempts, DoublingsToLongest));
        return delay < MaxDelay ? delay : MaxDelay;
    }

    private async Task RunAsync(ScheduledWork due, long now)
    {
        try
        {
            await writes.RunAsync(ActorContext.System, unit => Run(unit, due, now));
        }
#pragma warning disable CA1031 // Whatever is wrong with one thing must not keep the others from happening.
        catch (Exception error) when (error is not WritesUnavailableException)
#pragma warning restore CA1031
        {
            log.LogError(error, "{Kind} {Subject} of order {Order} failed and is put off", due.Kind, due.Subject, due.Order);
            var later = now + (long)DelayAfter(due.Attempts).TotalMilliseconds;
            await writes.RunAsync(ActorContext.System, unit =>
            {
                unit.Due.Postpone(due, later);
                return true;
            });
        }
    }

    private bool Run(UnitOfWork unit, ScheduledWork due, long now)
    {
        if (!unit.Due.IsCurrent(due))
        {
            return false;
        }

        if (jobs[due.Kind].Run(unit, due, now) is { } next)
        {
            unit.Due.Set(due.Kind, due.Subject, due.Order, next);
        }
        else
        {
            unit.Due.Remove(due.Kind, due.Subject);
        }

        return true;
    }
}
