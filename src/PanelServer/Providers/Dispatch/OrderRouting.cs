using PanelServer.Cancels;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Orders;

namespace PanelServer.Providers.Dispatch;

/// <summary>
/// Where an order goes that no provider has, inside the unit that decides it. Which route is next is decided by
/// <see cref="Routing"/>, in the domain.
/// </summary>
internal static class OrderRouting
{
    /// <summary>How long an order waits whose routes cannot be used, until they are looked at again.</summary>
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(30);

    /// <summary>The next step of an order over the routes in use.</summary>
    public static (RoutingStep Step, RouteKey? Route, bool IsNewRound) NextStep(UnitOfWork unit, int order, List<RouteInUse> routes) =>
        Routing.Next([.. routes.Select(route => (route.Key, route.IsUsable))], unit.Submissions.Tried(order));

    /// <summary>A provider has accepted an order: it is polled from now on, and asked to cancel where that was requested meanwhile.</summary>
    public static void Accepted(UnitOfWork unit, int order, int provider, long now)
    {
        unit.SalesJournal.Taken(order, now);
        ManualReviews.End(unit, order, [ReviewKind.Aside], "a provider has taken it", now);
        unit.Due.Set(WorkKind.Order, order, order, now + PollingSchedule.PauseAfter(0), provider);
        if (unit.Orders.OpenCancel(order) is not null)
        {
            unit.Due.Set(WorkKind.SendCancel, order, order, now, provider);
        }
    }

    /// <summary>
    /// No provider has an order: it goes to the next route. One with an open cancel request is not submitted again, but paid
    /// back.
    /// </summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="id">The order.</param>
    /// <param name="attempts">How often in a row it has failed.</param>
    /// <param name="earliest">Not submitted again before, unix milliseconds.</param>
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

        var (step, key, isNewRound) = NextStep(unit, id, MarginGuard.LockedFor(unit, order, now));
        var pause = isNewRound ? RetryBackoff.PauseBeforeRetry(attempts, unit.Draw(0, RetryBackoff.JitterSteps)) : 0;
        Go(unit, order, step, key, Math.Max(earliest, now + pause), isNewRound ? attempts + 1 : attempts, now);
    }

    /// <summary>An order that waits for a provider which takes nothing now goes to another route, or is looked at later.</summary>
    /// <returns>Whether it has gone to another provider.</returns>
    public static bool Reroute(UnitOfWork unit, ScheduledWork due, int provider, long now)
    {
        if (!unit.Due.IsCurrent(due))
        {
            return false;
        }

        var order = unit.Orders.Find(due.Order)!;
        var (step, key, _) = NextStep(unit, order.Id, MarginGuard.LockedFor(unit, order, now));
        if (step == RoutingStep.Send && key!.Value.Provider == provider)
        {
            return false;
        }

        GoElsewhere(unit, order, step, key, due.Attempts, now);
        return step == RoutingStep.Send;
    }

    /// <summary>An order that its provider does not get goes to another one, or waits where no route can be used.</summary>
    public static void GoElsewhere(UnitOfWork unit, OrderRow order, RoutingStep step, RouteKey? route, int attempts, long now) =>
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
}
