using System.Globalization;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Providers;
using PanelServer.Domain.Refills;
using PanelServer.Orders;
using PanelServer.Providers.Client;
using PanelServer.Refills;

namespace PanelServer.Providers.Dispatch;

/// <summary>
/// Asks the provider that has delivered an order to refill it. What is not known to be accepted is not asked for again: a
/// person looks at it.
/// </summary>
internal static class SubmitRefill
{
    /// <summary>Writes down that a refill is being asked for.</summary>
    /// <returns>What to ask; null when there is nothing to ask.</returns>
    public static ClaimedSubmission? Claim(UnitOfWork unit, ScheduledWork due, int provider, long now)
    {
        if (!unit.Due.IsCurrent(due))
        {
            return null;
        }

        unit.Due.Remove(WorkKind.SendRefill, due.Subject);
        var refill = unit.Db.Refills.Single(row => row.Id == due.Subject);
        if (RefillLifecycle.Table.IsFinal(refill.Status) || unit.Submissions.Accepted(due.Order) is not { } delivered)
        {
            return null;
        }

        var sending = unit.Submissions.Begin(new()
        {
            Kind = SubmissionKind.Refill,
            Subject = due.Subject,
            Order = due.Order,
            Provider = provider,
            Quantity = delivered.Quantity,
            At = now,
        });
        return new ClaimedSubmission(sending, SubmissionKind.Refill, due.Subject, due.Order, provider, due.Attempts)
        {
            UpstreamOrder = delivered.UpstreamId!,
        };
    }

    /// <summary>Writes down what came of it, and what follows.</summary>
    public static void Complete(UnitOfWork unit, ClaimedSubmission claimed, SubmissionResult asked, long now)
    {
        var isKnownAlready = asked is { Outcome: SubmissionOutcome.Accepted, UpstreamId: { } id }
            && unit.Submissions.OrderKnownAs(claimed.Provider, claimed.Kind, id) is not null;
        var end = isKnownAlready
            ? SubmissionEvidence.Of(asked with { Outcome = SubmissionOutcome.Unknown }) with
            {
                UpstreamId = null,
                Reason = $"it answered with the id {asked.UpstreamId}, which another refill has already",
            }
            : SubmissionEvidence.Of(asked);
        if (!unit.Submissions.End(claimed.Sending, end, now))
        {
            return;
        }

        // An operator has ended it meanwhile.
        if (RefillLifecycle.Table.IsFinal(unit.Db.Refills.Single(row => row.Id == claimed.Subject).Status))
        {
            return;
        }

        switch (end.Outcome)
        {
            case SubmissionOutcome.Accepted when end.UpstreamId is null:
                // There is nothing to ask by: a person follows it, and ends it.
                break;
            case SubmissionOutcome.Accepted:
                unit.Due.Set(WorkKind.Refill, claimed.Subject, claimed.Order, now + PollingSchedule.PauseAfter(0), claimed.Provider);
                break;
            case SubmissionOutcome.Rejected:
                MoveRefill.Move(unit, claimed.Subject, RefillStatus.Rejected, Actor.Provider, now);
                break;
            case SubmissionOutcome.NotSent or SubmissionOutcome.Deferred:
                ScheduleSubmission.Set(unit, WorkKind.SendRefill, claimed, asked, now);
                break;
            case SubmissionOutcome.Unknown:
                OpenUnknown(unit, claimed.Order, claimed.Subject, claimed.Provider, end.Reason!, now);
                break;
            case SubmissionOutcome.UnderWay or SubmissionOutcome.NotAccepted:
                throw new InvalidOperationException("no call ends so");
        }
    }

    /// <summary>Nobody knows whether a provider was asked for a refill: a person looks at it.</summary>
    public static void OpenUnknown(UnitOfWork unit, int order, int refill, int provider, string reason, long now) => ManualReviews.Open(
        unit,
        order,
        ReviewKind.Refill,
        string.Create(CultureInfo.InvariantCulture, $"provider {unit.Submissions.NameOf(provider)} may have been asked for refill {refill}: {reason}"),
        now);
}
