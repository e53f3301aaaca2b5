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
/// Submits a cancel request to the provider that has the order. An acceptance only means that it will try: how the order ends
/// is reported by its status, and only that pays back. Cancel requests are idempotent and are repeated when their outcome is
/// unknown.
/// </summary>
internal sealed class SubmitCancel : ISubmissionHandler
{
    /// <summary>How often a request is repeated whose outcome is unknown.</summary>
    private const int MaxRepeats = 3;

    /// <summary>Until an order is polled whose provider may have the request.</summary>
    private static readonly TimeSpan FirstPoll = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public SubmissionKind Kind => SubmissionKind.Cancel;

    /// <inheritdoc/>
    public WorkKind Work => WorkKind.SendCancel;

    /// <inheritdoc/>
    public bool PlacesOrder => false;

    /// <inheritdoc/>
    public string WaitingText => "a wish to cancel";

    /// <inheritdoc/>
    public string AcceptedWithoutId => "accepted";

    /// <inheritdoc/>
    public string Describe(SubmissionRow row, string provider) => $"{provider} asked to cancel";

    /// <inheritdoc/>
    public string SubjectText(SubmissionRow row) => "it";

    /// <inheritdoc/>
    public ClaimedSubmission? Claim(UnitOfWork unit, ScheduledWork due, int provider, long now, bool isProbe = false)
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

        var id = unit.Submissions.Begin(new()
        {
            Kind = SubmissionKind.Cancel,
            Subject = request,
            Order = order.Id,
            Provider = provider,
            Quantity = accepted.Quantity,
            At = now,
        });
        return new ClaimedSubmission(id, SubmissionKind.Cancel, request, order.Id, provider, due.Attempts)
        {
            UpstreamOrder = accepted.UpstreamId!,
        };
    }

    /// <inheritdoc/>
    public Task<SubmissionResult> SendAsync(ProviderClient client, ProviderAccount account, ClaimedSubmission claimed, CancellationToken abort) =>
        client.CancelAsync(account, claimed.UpstreamOrder, abort);

    /// <inheritdoc/>
    public SubmissionOutcome Complete(UnitOfWork unit, ClaimedSubmission claimed, SubmissionResult result, long now)
    {
        // Not under way any more, or the order has ended meanwhile: nothing follows.
        if (!unit.Submissions.End(claimed.Id, SubmissionEvidence.Of(result), now)
            || unit.Orders.OpenCancel(claimed.Order) != claimed.Subject)
        {
            return result.Outcome;
        }

        switch (result.Outcome)
        {
            case SubmissionOutcome.Accepted:
                ManualReviews.End(unit, claimed.Order, [ReviewKind.Cancel], "the provider has heard the wish to cancel", now);
                PollSoon(unit, claimed, now);
                break;
            case SubmissionOutcome.Rejected when claimed.Attempts > 0 && MayBeAccepted(unit, claimed):
                // The refusal may be of the repetition alone: how the order ends is the answer.
                PollSoon(unit, claimed, now);
                break;
            case SubmissionOutcome.Rejected:
                AnswerCancel.Refuse(unit, claimed.Order, Actor.Provider, now);
                break;
            case SubmissionOutcome.NotSent or SubmissionOutcome.Deferred:
                ScheduleRetry.Set(unit, WorkKind.SendCancel, claimed.Order, claimed, result, now);
                break;
            case SubmissionOutcome.Unknown when claimed.Attempts < MaxRepeats:
                ScheduleRetry.Set(unit, WorkKind.SendCancel, claimed.Order, claimed, result, now);
                PollSoon(unit, claimed, now);
                break;
            case SubmissionOutcome.Unknown:
                ManualReviews.Open(
                    unit,
                    claimed.Order,
                    ReviewKind.Cancel,
                    new("review.cancel", unit.Submissions.NameOf(claimed.Provider), result.Reason),
                    now);
                break;
            case SubmissionOutcome.UnderWay or SubmissionOutcome.NotAccepted:
                throw new InvalidOperationException("no call ends so");
        }

        return result.Outcome;
    }

    /// <inheritdoc/>
    public void AfterInterruption(UnitOfWork unit, ClaimedSubmission claimed, string reason, long now)
    {
        // Unless the order has ended meanwhile.
        if (unit.Orders.OpenCancel(claimed.Order) == claimed.Subject)
        {
            unit.Due.Set(WorkKind.SendCancel, claimed.Order, claimed.Order, now, claimed.Provider, attempts: 1);
        }
    }

    private static bool MayBeAccepted(UnitOfWork unit, ClaimedSubmission claimed) => unit.Db.Submissions
        .Any(row => row.Kind == SubmissionKind.Cancel && row.Subject == claimed.Subject && row.Outcome == SubmissionOutcome.Unknown);

    private static void PollSoon(UnitOfWork unit, ClaimedSubmission claimed, long now)
    {
        if (unit.Due.IsSet(WorkKind.Order, claimed.Order))
        {
            unit.Due.Set(WorkKind.Order, claimed.Order, claimed.Order, now + (long)FirstPoll.TotalMilliseconds, claimed.Provider);
        }
    }
}
