using PanelServer.Data.Entities;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Dispatch;

/// <summary>Schedules again what did not reach its provider, or what the provider has deferred.</summary>
internal static class ScheduleRetry
{
    /// <summary>Sets when it is submitted again: after a backoff, and not before the time that the provider asks for.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="work">The scheduled work.</param>
    /// <param name="subject">What the work is keyed by.</param>
    /// <param name="claimed">The submission.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static void Set(UnitOfWork unit, WorkKind work, int subject, ClaimedSubmission claimed, SubmissionResult result, long now)
    {
        var pause = Math.Max(
            RetryBackoff.PauseBeforeRetry(claimed.Attempts, unit.Draw(0, RetryBackoff.JitterSteps)),
            (long)(result.Exchange.RetryAfter ?? TimeSpan.Zero).TotalMilliseconds);
        unit.Due.Set(work, subject, claimed.Order, now + pause, claimed.Provider, claimed.Attempts + 1);
    }
}
