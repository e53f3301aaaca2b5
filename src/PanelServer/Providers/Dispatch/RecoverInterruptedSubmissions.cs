using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain.Providers;

namespace PanelServer.Providers.Dispatch;

/// <summary>
/// What was being sent when the panel was last closed without a word: whether it was accepted nobody knows. To be done while
/// nobody sends, under the folder's lock.
/// </summary>
internal static class RecoverInterruptedSubmissions
{
    private const string Why = "the panel stopped while it was being sent";
    private const int AtOnce = 500;

    /// <returns>How many there were.</returns>
    public static async Task<int> RunAsync(WriteQueue writes, long now)
    {
        for (var all = 0; ;)
        {
            var recovered = await writes.RunAsync(ActorContext.System, unit => Recover(unit, now));
            all += recovered;
            if (recovered < AtOnce)
            {
                return all;
            }
        }
    }

    private static int Recover(UnitOfWork unit, long now)
    {
        var underWay = unit.Submissions.UnderWay(AtOnce);
        foreach (var (id, kind, subject, order, provider) in underWay)
        {
            MarkUnknown(unit, new ClaimedSubmission(id, kind, subject, order, provider, Attempts: 0), Why, now);
        }

        return underWay.Count;
    }

    /// <summary>Nobody will ever know from the call itself what came of a sending.</summary>
    public static void MarkUnknown(UnitOfWork unit, ClaimedSubmission claimed, string why, long now)
    {
        if (!unit.Submissions.End(claimed.Sending, new SubmissionEnd(SubmissionOutcome.Unknown) { Reason = why }, now))
        {
            return;
        }

        switch (claimed.Kind)
        {
            case SubmissionKind.Order:
                SubmitOrder.OpenUnknown(unit, claimed.Order, claimed.Provider, why, now);
                break;
            case SubmissionKind.Refill:
                SubmitRefill.OpenUnknown(unit, claimed.Order, claimed.Subject, claimed.Provider, why, now);
                break;
            case SubmissionKind.Cancel when unit.Orders.OpenCancel(claimed.Order) == claimed.Subject:
                unit.Due.Set(WorkKind.SendCancel, claimed.Order, claimed.Order, now, claimed.Provider, attempts: 1);
                break;
            case SubmissionKind.Cancel:
                // The order has ended meanwhile.
                break;
        }
    }
}
