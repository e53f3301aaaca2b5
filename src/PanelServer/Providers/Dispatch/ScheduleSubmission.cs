using PanelServer.Data.Entities;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Dispatch;

/// <summary>Puts off what could not be asked.</summary>
internal static class ScheduleSubmission
{
    /// <summary>Sets when something is asked for again: each time a little later, and not before the provider wants it.</summary>
    public static void Set(UnitOfWork unit, WorkKind kind, ClaimedSubmission claimed, SubmissionResult asked, long now)
    {
        var pause = Math.Max(
            RetryBackoff.PauseBeforeRetry(claimed.Attempts, unit.Draw(0, RetryBackoff.JitterSteps)),
            (long)(asked.Exchange.RetryAfter ?? TimeSpan.Zero).TotalMilliseconds);
        var subject = kind == WorkKind.SendRefill ? claimed.Subject : claimed.Order;
        unit.Due.Set(kind, subject, claimed.Order, now + pause, claimed.Provider, claimed.Attempts + 1);
    }
}
