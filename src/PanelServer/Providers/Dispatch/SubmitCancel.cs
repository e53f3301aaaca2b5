using PanelServer.Cancels;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Orders;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Dispatch;

/// <summary>
/// Asks the provider that has an order to cancel it. Its yes only means that it was heard: how the order ends, its status
/// says, and only that pays back. A wish may be repeated when it is not known whether it was heard: the second can only come
/// to the same.
/// </summary>
internal static class SubmitCancel
{
    /// <summary>How often a wish is repeated of which it is not known whether it was heard.</summary>
    private const int MaxRepeats = 3;

    /// <summary>Until an order is asked about whose provider has heard the wish.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(15);

    /// <summary>Writes down that a provider is being asked to cancel.</summary>
    /// <returns>What to ask; null when there is nothing to ask.</returns>
    public static ClaimedSubmission? Claim(UnitOfWork unit, ScheduledWork due, int provider, long now)
    {
        if (!unit.Due.IsCurrent(due))
        {
            return null;
        }

        unit.Due.Remove(WorkKind.SendCancel, due.Subject);
        var order = unit.Orders.Find(due.Order)!;
        if (OrderLifecycle.IsFinal(order.Status)
            || unit.Orders.OpenCancel(order.Id) is not { } request
            || unit.Submissions.Accepted(order.Id) is not { } accepted)
        {
            return null;
        }

        var sending = unit.Submissions.Begin(new()
        {
            Kind = SubmissionKind.Cancel,
            Subject = request,
            Order = order.Id,
            Provider = provider,
            Quantity = accepted.Quantity,
            At = now,
        });
        return new ClaimedSubmission(sending, SubmissionKind.Cancel, request, order.Id, provider, due.Attempts)
        {
            UpstreamOrder = accepted.UpstreamId!,
        };
    }

    /// <summary>Writes down what came of it, and what follows.</summary>
    public static void Complete(UnitOfWork unit, ClaimedSubmission claimed, SubmissionResult asked, long now)
    {
        if (!unit.Submissions.End(claimed.Sending, SubmissionEvidence.Of(asked), now))
        {
            return;
        }

        // Its state was asked for meanwhile, and it has ended: there is nothing left to wish for.
        if (unit.Orders.OpenCancel(claimed.Order) != claimed.Subject)
        {
            return;
        }

        switch (asked.Outcome)
        {
            case SubmissionOutcome.Accepted:
                ManualReviews.End(unit, claimed.Order, [ReviewKind.Cancel], "the provider has heard the wish to cancel", now);
                LookSoon(unit, claimed, now);
                break;
            case SubmissionOutcome.Rejected when claimed.Attempts > 0 && MayBeHeard(unit, claimed):
                // The no may be to the repetition alone: how the order ends is the answer.
                LookSoon(unit, claimed, now);
                break;
            case SubmissionOutcome.Rejected:
                AnswerCancel.Refuse(unit, claimed.Order, Actor.Provider, now);
                break;
            case SubmissionOutcome.NotSent or SubmissionOutcome.Deferred:
                ScheduleSubmission.Set(unit, WorkKind.SendCancel, claimed, asked, now);
                break;
            case SubmissionOutcome.Unknown when claimed.Attempts < MaxRepeats:
                ScheduleSubmission.Set(unit, WorkKind.SendCancel, claimed, asked, now);
                LookSoon(unit, claimed, now);
                break;
            case SubmissionOutcome.Unknown:
                ManualReviews.Open(
                    unit,
                    claimed.Order,
                    ReviewKind.Cancel,
                    $"provider {unit.Submissions.NameOf(claimed.Provider)} does not say whether it cancels: {asked.Reason}",
                    now);
                break;
            case SubmissionOutcome.UnderWay or SubmissionOutcome.NotAccepted:
                throw new InvalidOperationException("no call ends so");
        }
    }

    private static bool MayBeHeard(UnitOfWork unit, ClaimedSubmission claimed) => unit.Db.Submissions
        .Any(row => row.Kind == SubmissionKind.Cancel && row.Subject == claimed.Subject && row.Outcome == SubmissionOutcome.Unknown);

    private static void LookSoon(UnitOfWork unit, ClaimedSubmission claimed, long now)
    {
        if (unit.Due.IsSet(WorkKind.Order, claimed.Order))
        {
            unit.Due.Set(WorkKind.Order, claimed.Order, claimed.Order, now + (long)FirstLook.TotalMilliseconds, claimed.Provider);
        }
    }
}
