using PanelServer.Data.Entities;
using PanelServer.Domain.Providers;
using PanelServer.Orders;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Dispatch;

/// <summary>What a confirmed no to an order comes to, with regard to what was said before; inside the unit that ends the sending.</summary>
internal static class JudgeRefusal
{
    /// <summary>How long an order waits for another one of the same target.</summary>
    public static readonly TimeSpan BusyAtMost = TimeSpan.FromDays(1);

    /// <summary>How often one order may pause its provider; then it is put aside.</summary>
    public const int MaxPauses = 2;

    /// <summary>What becomes of the order. Counts what is strange, and pauses the provider for it.</summary>
    public static SubmissionResult Judge(UnitOfWork unit, ClaimedSubmission claimed, SubmissionResult asked, long now)
    {
        switch (asked.Objection)
        {
            case RejectionReason.Unclear when UnclearRefusals.Count(unit, claimed.Provider, RejectionReason.Unclear, claimed.Order, asked.Reason, now):
                return asked with { Outcome = SubmissionOutcome.Deferred };
            case RejectionReason.Fault:
                UnclearRefusals.Count(unit, claimed.Provider, RejectionReason.Fault, claimed.Order, asked.Reason, now);
                return asked;
            case RejectionReason.Busy when BusySince(unit, claimed) is { } since && now - since >= (long)BusyAtMost.TotalMilliseconds:
                return asked with { Outcome = SubmissionOutcome.Rejected };
            default:
                return asked;
        }
    }

    /// <summary>An order has paused its provider for our money so often that it would do so again and again.</summary>
    public static bool IsAgain(UnitOfWork unit, ClaimedSubmission claimed, SubmissionResult asked) =>
        claimed.Kind == SubmissionKind.Order
        && asked is { Objection: RejectionReason.Funds, IsConfirmed: true }
        && unit.Db.Submissions.Count(row => row.Kind == SubmissionKind.Order && row.Subject == claimed.Order && row.ProviderId == claimed.Provider
            && row.Outcome == SubmissionOutcome.Deferred && row.Objection == RejectionReason.Funds && row.Id < claimed.Id) >= MaxPauses;

    /// <summary>An order that would pause its provider again and again waits for a person, and the others go on.</summary>
    public static void PutAside(UnitOfWork unit, ClaimedSubmission claimed, SubmissionResult asked, long now)
    {
        // It may go elsewhere, or have ended meanwhile.
        if (!unit.Db.Due.Any(row => row.Kind == WorkKind.Send && row.Subject == claimed.Order && row.ProviderId == claimed.Provider))
        {
            return;
        }

        unit.Due.Remove(WorkKind.Send, claimed.Order);
        ManualReviews.Open(
            unit,
            claimed.Order,
            ReviewKind.Aside,
            new("review.aside", unit.Submissions.NameOf(claimed.Provider), asked.Reason, claimed.Order),
            now);
    }

    private static long? BusySince(UnitOfWork unit, ClaimedSubmission claimed) => unit.Db.Submissions
        .Where(row => row.Kind == SubmissionKind.Order && row.Subject == claimed.Order && row.ProviderId == claimed.Provider && row.Objection == RejectionReason.Busy)
        .Min(row => (long?)row.StartedAt);
}
