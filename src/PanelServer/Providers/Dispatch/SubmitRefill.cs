using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Providers;
using PanelServer.Domain.Refills;
using PanelServer.Orders;
using PanelServer.Providers.Client;
using PanelServer.Providers.Polling;
using PanelServer.Refills;

namespace PanelServer.Providers.Dispatch;

/// <summary>
/// Submits a refill to the provider that has delivered the order. Refills are not idempotent: one whose outcome is unknown is
/// not repeated, a person looks at it.
/// </summary>
internal sealed class SubmitRefill : IReconcilableSubmission
{
    /// <inheritdoc/>
    public SubmissionKind Kind => SubmissionKind.Refill;

    /// <inheritdoc/>
    public WorkKind Work => WorkKind.SendRefill;

    /// <inheritdoc/>
    public bool PlacesOrder => false;

    /// <inheritdoc/>
    public string WaitingText => "a refill";

    /// <inheritdoc/>
    public string AcceptedWithoutId => "accepted without an id: follow it there, and end it by hand";

    /// <inheritdoc/>
    public string Describe(SubmissionRow row, string provider) => FormattableString.Invariant($"refill {row.Subject} asked of {provider}");

    /// <inheritdoc/>
    public string SubjectText(SubmissionRow row) => FormattableString.Invariant($"refill {row.Subject}");

    /// <inheritdoc/>
    public ClaimedSubmission? Claim(UnitOfWork unit, ScheduledWork due, int provider, long now, bool isProbe = false)
    {
        if (!unit.Due.IsCurrent(due))
        {
            return null;
        }

        unit.Due.Remove(WorkKind.SendRefill, due.Subject);
        if (IsFinal(unit, due.Subject) || unit.Submissions.Accepted(due.Order) is not { } delivered)
        {
            return null;
        }

        var id = unit.Submissions.Begin(new()
        {
            Kind = SubmissionKind.Refill,
            Subject = due.Subject,
            Order = due.Order,
            Provider = provider,
            Quantity = delivered.Quantity,
            At = now,
        });
        return new ClaimedSubmission(id, SubmissionKind.Refill, due.Subject, due.Order, provider, due.Attempts)
        {
            UpstreamOrder = delivered.UpstreamId!,
        };
    }

    /// <inheritdoc/>
    public Task<SubmissionResult> SendAsync(ProviderClient client, ProviderAccount account, ClaimedSubmission claimed, CancellationToken abort) =>
        client.RefillAsync(account, claimed.UpstreamOrder, abort);

    /// <inheritdoc/>
    public SubmissionOutcome Complete(UnitOfWork unit, ClaimedSubmission claimed, SubmissionResult result, long now)
    {
        var isKnownAlready = result is { Outcome: SubmissionOutcome.Accepted, UpstreamId: { } id }
            && unit.Submissions.OrderKnownAs(claimed.Provider, claimed.Kind, id) is not null;
        var end = isKnownAlready
            ? SubmissionEvidence.Of(result with { Outcome = SubmissionOutcome.Unknown }) with
            {
                UpstreamId = null,
                Reason = $"it answered with the id {result.UpstreamId}, which another refill has already",
            }
            : SubmissionEvidence.Of(result);

        // Not under way any more, or ended by an operator meanwhile: nothing follows.
        if (!unit.Submissions.End(claimed.Id, end, now) || IsFinal(unit, claimed.Subject))
        {
            return result.Outcome;
        }

        switch (end.Outcome)
        {
            case SubmissionOutcome.Accepted when end.UpstreamId is null:
                // It cannot be polled: a person follows it, and ends it.
                break;
            case SubmissionOutcome.Accepted:
                unit.Due.Set(WorkKind.Refill, claimed.Subject, claimed.Order, now + PollingSchedule.PauseAfter(0), claimed.Provider);
                break;
            case SubmissionOutcome.Rejected:
                MoveRefill.Move(unit, claimed.Subject, RefillStatus.Rejected, Actor.Provider, now);
                break;
            case SubmissionOutcome.NotSent or SubmissionOutcome.Deferred:
                ScheduleRetry.Set(unit, WorkKind.SendRefill, claimed.Subject, claimed, result, now);
                break;
            case SubmissionOutcome.Unknown:
                AfterInterruption(unit, claimed, end.Reason!, now);
                break;
            case SubmissionOutcome.UnderWay or SubmissionOutcome.NotAccepted:
                throw new InvalidOperationException("no call ends so");
        }

        return result.Outcome;
    }

    /// <inheritdoc/>
    public void AfterInterruption(UnitOfWork unit, ClaimedSubmission claimed, string reason, long now) => ManualReviews.Open(
        unit,
        claimed.Order,
        ReviewKind.Refill,
        new("review.refill", unit.Submissions.NameOf(claimed.Provider), claimed.Subject, reason),
        now);

    /// <inheritdoc/>
    public UnknownSubmission? FindUnknown(UnitOfWork unit, int order)
    {
        var open = unit.Db.Refills
            .Where(refill => refill.OrderId == order && (refill.Status == RefillStatus.Pending || refill.Status == RefillStatus.InProgress))
            .Select(refill => refill.Id)
            .ToList();
        foreach (var refill in open)
        {
            if (unit.Submissions.Live(SubmissionKind.Refill, refill) is { Outcome: SubmissionOutcome.Unknown } submission)
            {
                return new(this, refill, submission);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public async Task<Result<ReportedState>> AskStateAsync(ProviderDirectory upstream, ProviderView provider, ProviderAccount account, string upstreamId, CancellationToken cancel)
    {
        var read = upstream.WordsOf(provider).Apply(await upstream.Api.RefillStatusAsync(account, [upstreamId], cancel));
        var said = read.Value?.GetValueOrDefault(upstreamId);
        return said is { Status: not null }
            ? new ReportedState(
                provider,
                $"provider {provider.Name} says {said.Word} of {upstreamId}",
                (unit, poll, now) => ApplyRefillStatus.Apply(unit, provider, poll, said, now))
            : ReportedState.Unknown(provider, upstreamId, said?.Error ?? said?.Said ?? read.Reason);
    }

    /// <inheritdoc/>
    public ScheduledWork StartPolling(UnitOfWork unit, UnknownSubmission unknown, long now)
    {
        var at = now + PollingSchedule.PauseAfter(0);
        unit.Due.Set(WorkKind.Refill, unknown.Subject, unknown.Submission.Order, at, unknown.Submission.Provider);
        return new(WorkKind.Refill, unknown.Subject, unknown.Submission.Order, at, Attempts: 0);
    }

    /// <inheritdoc/>
    public void SubmitAgain(UnitOfWork unit, UnknownSubmission unknown, long now) =>
        unit.Due.Set(WorkKind.SendRefill, unknown.Subject, unknown.Submission.Order, now, unknown.Submission.Provider);

    /// <inheritdoc/>
    public Result<PaidBack> Refund(UnitOfWork unit, UnknownSubmission unknown, string note, long now) => new Refusal("nothing_to_refund", unknown.Subject);

    private static bool IsFinal(UnitOfWork unit, int refill) =>
        RefillLifecycle.Table.IsFinal(unit.Db.Refills.Where(row => row.Id == refill).Select(row => row.Status).Single());
}
