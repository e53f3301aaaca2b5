using System.Globalization;
using PanelServer.Cancels;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Orders;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Dispatch;

/// <summary>
/// Sends an order to a provider, in two units around the call: before it, that the order is being sent; after it, what came
/// of it. Between the two it is nobody's but the call's, and a crash leaves it unknown (docs/decisions/0022).
/// </summary>
internal static class SubmitOrder
{
    /// <summary>How long an order waits that has routes of which none can be used, until it is looked at again.</summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromSeconds(30);

    /// <summary>Chooses the route of an order that is due, and writes down that it is being sent there.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="due">The order.</param>
    /// <param name="provider">Who asks for it.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="isProbe">The provider is paused for strange answers, and this order is to show whether it takes orders again.</param>
    /// <returns>What to ask; null when there is nothing to ask this provider.</returns>
    public static ClaimedSubmission? Claim(UnitOfWork unit, ScheduledWork due, int provider, long now, bool isProbe = false)
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

        var (step, key, _) = StepOf(unit, order.Id, routes);
        if (step != RoutingStep.Send || key!.Value.Provider != provider)
        {
            GoElsewhere(unit, order, step, key, due.Attempts, now);
            return null;
        }

        var route = routes.Find(one => one.Key == key)!;
        unit.Due.Remove(WorkKind.Send, order.Id);
        unit.Submissions.SetStage(order.Id, OrderStage.Told);
        var sending = unit.Submissions.Begin(new()
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
        return new ClaimedSubmission(sending, SubmissionKind.Order, order.Id, order.Id, provider, due.Attempts)
        {
            UpstreamService = key.Value.UpstreamService,
            Cost = CostOf(order, route) ?? order.Charge,
            Fields = OrderFields.Of(order, route),
        };
    }

    /// <summary>An order that waits for a provider which takes nothing now goes to another route, or is looked at later.</summary>
    /// <returns>Whether it has gone elsewhere.</returns>
    public static bool Reroute(UnitOfWork unit, ScheduledWork due, int provider, long now)
    {
        if (!unit.Due.IsCurrent(due))
        {
            return false;
        }

        var order = unit.Orders.Find(due.Order)!;
        var (step, key, _) = StepOf(unit, order.Id, MarginGuard.LockedFor(unit, order, now));
        if (step == RoutingStep.Send && key!.Value.Provider == provider)
        {
            return false;
        }

        GoElsewhere(unit, order, step, key, due.Attempts, now);
        return step == RoutingStep.Send;
    }

    /// <summary>Writes down what came of it, and what follows.</summary>
    /// <returns>What came of it, with regard to what was said to other orders.</returns>
    public static SubmissionOutcome Complete(UnitOfWork unit, ClaimedSubmission claimed, SubmissionResult asked, long now)
    {
        asked = JudgeRefusal.Judge(unit, claimed, asked, now);
        var end = EndOf(unit, claimed, asked);
        if (!unit.Submissions.End(claimed.Sending, end, now))
        {
            return end.Outcome;
        }

        switch (end.Outcome)
        {
            case SubmissionOutcome.Accepted:
                UnclearRefusals.Forget(unit, claimed.Provider, now);
                Keep(unit, claimed.Order, claimed.Provider, now);
                break;
            case SubmissionOutcome.Rejected:
                if (asked.Objection == RejectionReason.Service)
                {
                    Lock(unit, claimed, asked.Reason, now);
                }

                Requeue(unit, claimed.Order, 0, now, now);
                break;
            case SubmissionOutcome.NotSent or SubmissionOutcome.Deferred:
                var earliest = now + (long)(asked.Exchange.RetryAfter ?? TimeSpan.Zero).TotalMilliseconds;
                Requeue(unit, claimed.Order, claimed.Attempts, earliest, now);
                if (JudgeRefusal.IsAgain(unit, claimed, asked))
                {
                    JudgeRefusal.PutAside(unit, claimed, asked, now);
                }

                break;
            case SubmissionOutcome.Unknown:
                OpenUnknown(unit, claimed.Order, claimed.Provider, end.Reason!, now);
                break;
            case SubmissionOutcome.UnderWay or SubmissionOutcome.NotAccepted:
                throw new InvalidOperationException("no call ends so");
        }

        return end.Outcome;
    }

    /// <summary>A provider has an order: from now on it is asked about it.</summary>
    public static void Keep(UnitOfWork unit, int order, int provider, long now)
    {
        ManualReviews.End(unit, order, [ReviewKind.Aside], "a provider has taken it", now);
        unit.Due.Set(WorkKind.Order, order, order, now + PollingSchedule.PauseAfter(0), provider);
        if (unit.Orders.OpenCancel(order) is not null)
        {
            unit.Due.Set(WorkKind.SendCancel, order, order, now, provider);
        }
    }

    /// <summary>
    /// No provider has an order: it goes to the next route. One whose reseller has asked to cancel it meanwhile is not sent
    /// anywhere, but paid back.
    /// </summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="id">The order.</param>
    /// <param name="attempts">How often in a row it could not be sent.</param>
    /// <param name="earliest">Not sent again before, unix milliseconds.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static void Requeue(UnitOfWork unit, int id, int attempts, long earliest, long now)
    {
        unit.Submissions.SetStage(id, OrderStage.Queued);
        var order = unit.Orders.Find(id)!;
        if (unit.Orders.OpenCancel(id) is not null)
        {
            AnswerCancel.Accept(unit, order, order.Quantity, Actor.Provider, now);
            return;
        }

        var (step, key, isNewRound) = StepOf(unit, id, MarginGuard.LockedFor(unit, order, now));
        var pause = isNewRound ? RetryBackoff.PauseBeforeRetry(attempts, unit.Draw(0, RetryBackoff.JitterSteps)) : 0;
        Go(unit, order, step, key, Math.Max(earliest, now + pause), isNewRound ? attempts + 1 : attempts, now);
    }

    /// <summary>Nobody knows whether a provider has an order: a person looks at it.</summary>
    public static void OpenUnknown(UnitOfWork unit, int order, int provider, string reason, long now) =>
        ManualReviews.Open(unit, order, ReviewKind.Sending, $"provider {unit.Submissions.NameOf(provider)} may have it: {reason}", now);

    private static (RoutingStep Step, RouteKey? Route, bool IsNewRound) StepOf(UnitOfWork unit, int order, List<RouteInUse> routes) =>
        Routing.Next([.. routes.Select(route => (route.Key, route.IsUsable))], unit.Submissions.Tried(order));

    /// <summary>An order that its provider does not get goes on at once, or waits a while where no route can be used.</summary>
    private static void GoElsewhere(UnitOfWork unit, OrderRow order, RoutingStep step, RouteKey? route, int attempts, long now) =>
        Go(unit, order, step, route, step == RoutingStep.Wait ? now + (long)Recheck.TotalMilliseconds : now, attempts, now);

    private static void Go(UnitOfWork unit, OrderRow order, RoutingStep step, RouteKey? route, long at, int attempts, long now)
    {
        switch (step)
        {
            case RoutingStep.Send or RoutingStep.Wait:
                unit.Due.Set(WorkKind.Send, order.Id, order.Id, at, route!.Value.Provider, attempts);
                break;
            case RoutingStep.Refuse:
                unit.Due.Remove(WorkKind.Send, order.Id);
                MoveOrder.Move(
                    unit,
                    order,
                    new OrderMove(OrderStatus.Canceled, Actor.Provider) { Note = "every provider has refused it" },
                    now);
                break;
            case RoutingStep.ByHand:
                unit.Due.Remove(WorkKind.Send, order.Id);
                break;
        }
    }

    /// <summary>An id that is another order's already says that something is wrong, and not what.</summary>
    private static SubmissionEnd EndOf(UnitOfWork unit, ClaimedSubmission claimed, SubmissionResult asked)
    {
        var other = asked is { Outcome: SubmissionOutcome.Accepted, UpstreamId: { } id }
            ? unit.Submissions.OrderKnownAs(claimed.Provider, claimed.Kind, id)
            : null;
        return other is null
            ? SubmissionEvidence.Of(asked)
            : SubmissionEvidence.Of(asked with { Outcome = SubmissionOutcome.Unknown, UpstreamId = null }) with
            {
                Reason = string.Create(CultureInfo.InvariantCulture, $"it answered with the id {asked.UpstreamId}, by which it has order {other} already"),
            };
    }

    private static void Lock(UnitOfWork unit, ClaimedSubmission claimed, string reason, long now)
    {
        unit.Routes.Lock(new(claimed.Provider, claimed.UpstreamService), $"refused: {reason}");
        unit.ChangesCatalogue();
        Alerts.Raise(unit, claimed.Provider, AlertKind.Refused, claimed.UpstreamService, string.Create(CultureInfo.InvariantCulture, $"it refuses service {claimed.UpstreamService}: {reason} (order {claimed.Order})"), now);
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
