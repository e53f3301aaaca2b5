using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Dispatch;

/// <summary>Puts off what could not be asked.</summary>
internal static class ScheduleSubmission
{
    /// <summary>Sets when something is asked for again: each time a little later, and not before the provider wants it.</summary>
    public static void Set(Writer writer, WorkKind kind, ClaimedSubmission errand, SubmissionResult asked, long now)
    {
        var pause = Math.Max(
            Pace.UntilSentAgain(errand.Attempts, writer.Draw(0, Pace.JitterSteps)),
            (long)(asked.Exchange.RetryAfter ?? TimeSpan.Zero).TotalMilliseconds);
        var subject = kind == WorkKind.SendRefill ? errand.Subject : errand.Order;
        writer.Due.Set(kind, subject, errand.Order, now + pause, errand.Provider, errand.Attempts + 1);
    }
}
