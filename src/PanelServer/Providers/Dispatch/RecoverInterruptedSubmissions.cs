using PanelServer.Data;
using PanelServer.Domain.Providers;

namespace PanelServer.Providers.Dispatch;

/// <summary>
/// Marks as unknown what was under way when the panel last ended: whether it was accepted cannot be known. To be run under the
/// folder's lock, before the dispatcher starts.
/// </summary>
internal static class RecoverInterruptedSubmissions
{
    private const string Why = "the panel stopped while it was being sent";
    private const int BatchSize = 500;

    /// <returns>How many there were.</returns>
    public static async Task<int> RunAsync(WriteQueue writes, long now)
    {
        for (var all = 0; ;)
        {
            var recovered = await writes.RunAsync(ActorContext.System, unit => Recover(unit, now));
            all += recovered;
            if (recovered < BatchSize)
            {
                return all;
            }
        }
    }

    private static int Recover(UnitOfWork unit, long now)
    {
        var underWay = unit.Submissions.UnderWay(BatchSize);
        foreach (var (id, kind, subject, order, provider) in underWay)
        {
            MarkUnknown(unit, new ClaimedSubmission(id, kind, subject, order, provider, Attempts: 0), Why, now);
        }

        return underWay.Count;
    }

    /// <summary>The call was interrupted: its outcome is unknown, and what follows is its handler's.</summary>
    public static void MarkUnknown(UnitOfWork unit, ClaimedSubmission claimed, string why, long now)
    {
        if (unit.Submissions.End(claimed.Id, new SubmissionEnd(SubmissionOutcome.Unknown) { Reason = why }, now))
        {
            SubmissionHandlers.Of(claimed.Kind).AfterInterruption(unit, claimed, why, now);
        }
    }
}
