using System.Globalization;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Orders;
using PanelServer.Providers.Client;
using PanelServer.Providers.Polling;

namespace PanelServer.Providers.Dispatch;

/// <summary>
/// Submits an order to a provider, in two units around the call: before it, that the submission is under way; after it, its
/// outcome. A crash between the two leaves it unknown (docs/decisions/0022).
/// </summary>
internal sealed class SubmitOrder : IReconcilableSubmission
{
    /// <inheritdoc/>
    public SubmissionKind Kind => SubmissionKind.Order;

    /// <inheritdoc/>
    public WorkKind Work => WorkKind.Send;

    /// <inheritdoc/>
    public bool PlacesOrder => true;

    /// <inheritdoc/>
    public string WaitingText => "it";

    /// <inheritdoc/>
    public string AcceptedWithoutId => "accepted";

    /// <inheritdoc/>
    public string Describe(SubmissionRow row, string provider) => $"sent to {provider} as service {row.UpstreamService}";

    /// <inheritdoc/>
    public string SubjectText(SubmissionRow row) => "it";

    /// <inheritdoc/>
    public ClaimedSubmission? Claim(UnitOfWork unit, ScheduledWork due, int provider, long now, bool isProbe = false)
    {
        if (!unit.Due.IsCurrent(due))
        {
            return null;
        }

        var order = unit.Orders.Find(due.Order)!;
        var routes = MarginGuard.LockedFor(unit, order, now);
        if (isProbe)
        {
            routes = routes.ConvertAll(one => one.Key.Provider == provider && one.Paused == Pause.Strange ? one with { Paused = Pause.None } : one);
        }

        var (step, key, _) = OrderRouting.NextStep(unit, order.Id, routes);
        if (step != RoutingStep.Send || key!.Value.Provider != provider)
        {
            OrderRouting.GoElsewhere(unit, order, step, key, due.Attempts, now);
            return null;
        }

        var route = routes.Find(one => one.Key == key)!;
        unit.Due.Remove(WorkKind.Send, order.Id);
        unit.Submissions.SetStage(order.Id, OrderStage.Submitted);
        var id = unit.Submissions.Begin(new()
        {
            Kind = SubmissionKind.Order,
            Subject = order.Id,
            Order = order.Id,
            Provider = provider,
            UpstreamService = key.Value.UpstreamService,
            Quantity = OrderFields.QuantityOf(order, route),
            Cost = CostOf(order, route),
            BalanceBefore = route.Balance,
            At = now,
        });
        return new ClaimedSubmission(id, SubmissionKind.Order, order.Id, order.Id, provider, due.Attempts)
        {
            UpstreamService = key.Value.UpstreamService,
            Cost = CostOf(order, route) ?? order.Charge,
            Fields = OrderFields.Of(order, route),
        };
    }

    /// <inheritdoc/>
    public Task<SubmissionResult> SendAsync(ProviderClient client, ProviderAccount account, ClaimedSubmission claimed, CancellationToken abort) =>
        client.AddAsync(account, claimed.Fields, abort);

    /// <inheritdoc/>
    public SubmissionOutcome Complete(UnitOfWork unit, ClaimedSubmission claimed, SubmissionResult result, long now)
    {
        result = JudgeRefusal.Judge(unit, claimed, result, now);
        var end = EndOf(unit, claimed, result);
        if (!unit.Submissions.End(claimed.Id, end, now))
        {
            return end.Outcome;
        }

        switch (end.Outcome)
        {
            case SubmissionOutcome.Accepted:
                UnclearRefusals.Forget(unit, claimed.Provider, now);
                OrderRouting.Accepted(unit, claimed.Order, claimed.Provider, now);
                break;
            case SubmissionOutcome.Rejected:
                if (result.Objection == RejectionReason.Service)
                {
                    Lock(unit, claimed, result.Reason, now);
                }

                OrderRouting.Requeue(unit, claimed.Order, 0, now, now);
                break;
            case SubmissionOutcome.NotSent or SubmissionOutcome.Deferred:
                var earliest = now + (long)(result.Exchange.RetryAfter ?? TimeSpan.Zero).TotalMilliseconds;
                OrderRouting.Requeue(unit, claimed.Order, claimed.Attempts, earliest, now);
                if (JudgeRefusal.IsAgain(unit, claimed, result))
                {
                    JudgeRefusal.PutAside(unit, claimed, result, now);
                }

                break;
            case SubmissionOutcome.Unknown:
                AfterInterruption(unit, claimed, end.Reason!, now);
                break;
            case SubmissionOutcome.UnderWay or SubmissionOutcome.NotAccepted:
                throw new InvalidOperationException("no call ends so");
        }

        return end.Outcome;
    }

    /// <inheritdoc/>
    public void AfterInterruption(UnitOfWork unit, ClaimedSubmission claimed, string reason, long now) =>
        ManualReviews.Open(unit, claimed.Order, ReviewKind.Sending, new("review.sending", unit.Submissions.NameOf(claimed.Provider), reason), now);

    /// <inheritdoc/>
    public UnknownSubmission? FindUnknown(UnitOfWork unit, int order) =>
        unit.Submissions.Live(SubmissionKind.Order, order) is { Outcome: SubmissionOutcome.Unknown } submission
        && unit.Orders.Find(order) is { } row
        && !OrderLifecycle.IsFinal(row.Status)
            ? new(this, order, submission)
            : null;

    /// <inheritdoc/>
    public async Task<Result<ReportedState>> AskStateAsync(ProviderDirectory upstream, ProviderView provider, ProviderAccount account, string upstreamId, CancellationToken cancel)
    {
        var read = upstream.WordsOf(provider).Apply(await upstream.Api.StatusAsync(account, [upstreamId], cancel));
        var said = read.Value?.GetValueOrDefault(upstreamId);
        var charge = said?.Charge is { } units ? $", charged {new Rate(units)} {said.Currency}".TrimEnd() : "";
        return said is { Status: not null }
            ? new ReportedState(
                provider,
                $"provider {provider.Name} says {said.Word} of {upstreamId}{charge}",
                (unit, poll, now) => ApplyOrderStatus.Apply(unit, provider, poll, said, now))
            : ReportedState.Unknown(provider, upstreamId, said?.Error ?? said?.Said ?? read.Reason);
    }

    /// <inheritdoc/>
    public ScheduledWork StartPolling(UnitOfWork unit, UnknownSubmission unknown, long now)
    {
        OrderRouting.Accepted(unit, unknown.Subject, unknown.Submission.Provider, now);
        return new(WorkKind.Order, unknown.Subject, unknown.Submission.Order, now + PollingSchedule.PauseAfter(0), Attempts: 0);
    }

    /// <inheritdoc/>
    public void SubmitAgain(UnitOfWork unit, UnknownSubmission unknown, long now) => OrderRouting.Requeue(unit, unknown.Subject, 0, now, now);

    /// <inheritdoc/>
    public Result<PaidBack> Refund(UnitOfWork unit, UnknownSubmission unknown, string note, long now)
    {
        var move = new OrderMove(OrderStatus.Canceled, Actor.Operator)
        {
            Note = $"paid back by an operator, the sending stays unknown: {note}",
            ReconcilesUnknown = true,
        };
        var before = unit.Orders.Find(unknown.Subject)!;
        return MoveOrder.Apply(unit, before, move, now).Try(out var after, out var refusal)
            ? new PaidBack(OrderMoved.Between(before, after).Refund, before.ResellerId)
            : refusal;
    }

    /// <summary>An id that another order has already shows that something is wrong, and not what: the outcome is unknown.</summary>
    private static SubmissionEnd EndOf(UnitOfWork unit, ClaimedSubmission claimed, SubmissionResult result)
    {
        var other = result is { Outcome: SubmissionOutcome.Accepted, UpstreamId: { } id }
            ? unit.Submissions.OrderKnownAs(claimed.Provider, claimed.Kind, id)
            : null;
        return other is null
            ? SubmissionEvidence.Of(result)
            : SubmissionEvidence.Of(result with { Outcome = SubmissionOutcome.Unknown, UpstreamId = null }) with
            {
                Reason = string.Create(CultureInfo.InvariantCulture, $"it answered with the id {result.UpstreamId}, by which it has order {other} already"),
            };
    }

    private static void Lock(UnitOfWork unit, ClaimedSubmission claimed, string reason, long now)
    {
        unit.Routes.Lock(new(claimed.Provider, claimed.UpstreamService), RouteLock.Refused(reason));
        unit.ChangesCatalogue();
        Alerts.Raise(unit, claimed.Provider, AlertKind.Refused, claimed.UpstreamService, new("alert.refused", claimed.UpstreamService, reason, claimed.Order), now);
    }

    private static Money? CostOf(OrderRow order, RouteInUse route)
    {
        if (route.Cost.Seen is not { } seen || route.Cost.Exchange.InPanel(seen) is not { } rate)
        {
            return null;
        }

        var cost = ServiceType.Of(order.Type).Flat ? rate.Flat() : rate.For(OrderFields.QuantityOf(order, route));
        return cost.Try(out var money, out _) ? money : null;
    }
}
