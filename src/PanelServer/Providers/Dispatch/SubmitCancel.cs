using PanelServer.Cancels;
using PanelServer.Data;
using PanelServer.Data.Engines.Sqlite;
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
    public static ClaimedSubmission? Claim(Writer writer, ScheduledWork due, int provider, long now)
    {
        if (!writer.Due.IsCurrent(due))
        {
            return null;
        }

        writer.Due.Remove(WorkKind.SendCancel, due.Subject);
        var order = writer.Orders.Find(due.Order)!;
        if (OrderLifecycle.IsFinal(order.Status)
            || writer.Orders.OpenCancel(order.Id) is not { } request
            || writer.Submissions.Accepted(order.Id) is not { } accepted)
        {
            return null;
        }

        var sending = writer.Submissions.Begin(new()
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
    public static void Complete(Writer writer, ClaimedSubmission claimed, SubmissionResult asked, long now)
    {
        if (!writer.Submissions.End(claimed.Sending, SubmissionEvidence.Of(asked), now))
        {
            return;
        }

        // Its state was asked for meanwhile, and it has ended: there is nothing left to wish for.
        if (writer.Orders.OpenCancel(claimed.Order) != claimed.Subject)
        {
            return;
        }

        switch (asked.Outcome)
        {
            case SubmissionOutcome.Accepted:
                ManualReviews.End(writer, claimed.Order, [ReviewKind.Cancel], "the provider has heard the wish to cancel", now);
                LookSoon(writer, claimed, now);
                break;
            case SubmissionOutcome.Rejected when claimed.Attempts > 0 && MayBeHeard(writer, claimed):
                // The no may be to the repetition alone: how the order ends is the answer.
                LookSoon(writer, claimed, now);
                break;
            case SubmissionOutcome.Rejected:
                AnswerCancel.Refuse(writer, claimed.Order, Actor.Provider, now);
                break;
            case SubmissionOutcome.NotSent or SubmissionOutcome.Deferred:
                ScheduleSubmission.Set(writer, WorkKind.SendCancel, claimed, asked, now);
                break;
            case SubmissionOutcome.Unknown when claimed.Attempts < MaxRepeats:
                ScheduleSubmission.Set(writer, WorkKind.SendCancel, claimed, asked, now);
                LookSoon(writer, claimed, now);
                break;
            case SubmissionOutcome.Unknown:
                ManualReviews.Open(
                    writer,
                    claimed.Order,
                    ReviewKind.Cancel,
                    $"provider {writer.Submissions.NameOf(claimed.Provider)} does not say whether it cancels: {asked.Reason}",
                    now);
                break;
            case SubmissionOutcome.UnderWay or SubmissionOutcome.NotAccepted:
                throw new InvalidOperationException("no call ends so");
        }
    }

    private static bool MayBeHeard(Writer writer, ClaimedSubmission claimed) => writer.Db.Submissions
        .Any(row => row.Kind == SubmissionKind.Cancel && row.Subject == claimed.Subject && row.Outcome == SubmissionOutcome.Unknown);

    private static void LookSoon(Writer writer, ClaimedSubmission claimed, long now)
    {
        if (writer.Due.IsSet(WorkKind.Order, claimed.Order))
        {
            writer.Due.Set(WorkKind.Order, claimed.Order, claimed.Order, now + (long)FirstLook.TotalMilliseconds, claimed.Provider);
        }
    }
}
