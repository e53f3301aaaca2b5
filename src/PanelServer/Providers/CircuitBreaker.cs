using Microsoft.EntityFrameworkCore;
using PanelServer.Domain.Providers;

namespace PanelServer.Providers;

/// <summary>
/// Leaves a provider alone whose calls fail, and pauses one that takes nothing more from us. While it is so, orders wait or
/// take another route; none is failed for it.
/// </summary>
internal static class CircuitBreaker
{
    /// <summary>A call had no answer that could be read.</summary>
    public static void RecordFailure(UnitOfWork unit, int provider, string why, long now)
    {
        var row = unit.Db.Providers.Single(one => one.Id == provider);
        var failures = row.Failures + 1;
        var open = Domain.Providers.CircuitBreaker.OpenFor(failures);
        unit.Db.Providers.Where(one => one.Id == provider).ExecuteUpdate(one => one
            .SetProperty(p => p.Failures, failures)
            .SetProperty(p => p.OpenUntil, open is { } time ? now + time : row.OpenUntil));
        if (open is not null)
        {
            Alerts.Raise(unit, provider, AlertKind.Circuit, "", $"its calls fail, it is left alone and tried from time to time: {why}", now);
        }
    }

    /// <summary>A call was answered.</summary>
    public static void RecordSuccess(UnitOfWork unit, int provider, long now)
    {
        unit.Db.Providers.Where(one => one.Id == provider).ExecuteUpdate(one => one
            .SetProperty(p => p.Failures, 0)
            .SetProperty(p => p.OpenUntil, (long?)null));
        Alerts.End(unit, provider, AlertKind.Circuit, "", now);
    }

    /// <summary>Leaves a provider alone until a time, or no longer; what has failed in a row stays counted.</summary>
    public static void LeaveAloneUntil(UnitOfWork unit, int provider, long? until) => unit.Db.Providers
        .Where(one => one.Id == provider)
        .ExecuteUpdate(one => one.SetProperty(p => p.OpenUntil, until));

    /// <summary>Sends nothing more to a provider that says it takes nothing from us; what an operator has paused stays his.</summary>
    public static void Pause(UnitOfWork unit, int provider, RejectionReason objection, string said, long now)
    {
        var (pause, alert, what) = objection == RejectionReason.Funds
            ? (Domain.Providers.Pause.Funds, AlertKind.Funds, "there is not enough money there, so nothing is sent; pay in there")
            : (Domain.Providers.Pause.Key, AlertKind.Key, "it does not accept our key or account, so nothing is sent; give the right key by `panelserver provider edit`");
        unit.Db.Providers
            .Where(one => one.Id == provider && one.Paused == Domain.Providers.Pause.None)
            .ExecuteUpdate(one => one
                .SetProperty(p => p.Paused, pause)
                .SetProperty(p => p.PausedAt, now));
        Alerts.Raise(unit, provider, alert, "", $"{what}: {said}", now);
    }

    /// <summary>Sends to a provider again, first what waits longest for its next look.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="provider">Which provider.</param>
    /// <param name="seen">Why it is paused, as whoever resumes it knows; paused for another reason meanwhile, it stays so.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static void Resume(UnitOfWork unit, int provider, Domain.Providers.Pause seen, long now)
    {
        const int HastenedAtOnce = 500;
        unit.Due.MakeDueNow(provider, Data.Entities.WorkKind.Send, now, HastenedAtOnce);
        unit.Db.Providers.Where(one => one.Id == provider && one.Paused == seen).ExecuteUpdate(one => one
            .SetProperty(p => p.Paused, Domain.Providers.Pause.None)
            .SetProperty(p => p.PausedAt, (long?)null));
        Alerts.End(unit, provider, AlertKind.Funds, "", now);
        Alerts.End(unit, provider, AlertKind.Key, "", now);
    }
}
