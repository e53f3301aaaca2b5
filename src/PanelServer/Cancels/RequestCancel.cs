using PanelServer.Catalogue;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Cancels;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Idempotency;
using PanelServer.Orders;

namespace PanelServer.Cancels;

/// <summary>
/// A reseller asks to cancel orders (docs/contract.md, "Cancel"). A queued one ends immediately and is paid
/// back; any other waits for the answer of the party that fulfils it, and only that answer pays money back.
/// </summary>
/// <param name="writes">The way in.</param>
/// <param name="catalogue">What is offered.</param>
/// <param name="clock">The panel's time.</param>
/// <param name="firstReport">How long after a request the provider answers it; null where operators deliver.</param>
internal sealed class RequestCancel(WriteQueue writes, CurrentCatalogue catalogue, TimeProvider clock, TimeSpan? firstReport)
{
    /// <summary>Asks for each order, once per idempotency key.</summary>
    /// <returns>True where the request was taken, or why not, in the order asked.</returns>
    public Task<IdempotentResult<IReadOnlyList<Result<bool>>>> RunAsync(
        ActorContext actor,
        int reseller,
        IReadOnlyList<int> orders,
        IdempotencyKey? retry,
        Func<IReadOnlyList<Result<bool>>, byte[]?> wording)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var services = catalogue.Get();
        return writes.RunAsync(actor, unit => ExecuteOnce.Run<IReadOnlyList<Result<bool>>>(
            unit,
            retry,
            now,
            () => [.. orders.Select(order => Request(unit, services, reseller, order, now))],
            wording));
    }

    private Result<bool> Request(UnitOfWork unit, CatalogueSnapshot services, int reseller, int id, long now)
    {
        if (unit.Orders.Find(id) is not { } order || order.ResellerId != reseller)
        {
            return Refusal.IncorrectOrder;
        }

        if (services.Any(order.ServiceId) is not { Cancel: true })
        {
            return Refusal.CancelNotAvailable;
        }

        return order.Kind == OrderKind.DripFeed ? RequestOfRuns(unit, order, now) : RequestOfOne(unit, order, now);
    }

    private Result<bool> RequestOfOne(UnitOfWork unit, OrderRow order, long now)
    {
        var isQueued = order is { Status: OrderStatus.Pending, Stage: OrderStage.Queued };
        if (isQueued || order.Kind == OrderKind.Subscription)
        {
            var moved = MoveOrder.Move(unit, order, new(OrderStatus.Canceled, Actor.Reseller), now);
            return moved.Refusal is null ? true : Refusal.CancelNotAvailable;
        }

        if (OrderLifecycle.IsFinal(order.Status) || unit.Orders.OpenCancel(order.Id) is not null)
        {
            return Refusal.CancelNotAvailable;
        }

        unit.Db.Cancels.Add(new CancelRow
        {
            OrderId = order.Id,
            ResellerId = order.ResellerId,
            Status = CancelStatus.Open,
            CreatedAt = now,
            UpdatedAt = now,
        });
        unit.Save();
        if (firstReport is { } after)
        {
            unit.Due.Set(WorkKind.Cancel, order.Id, order.Id, now + (long)after.TotalMilliseconds);
        }
        else if (unit.Due.IsSet(WorkKind.Order, order.Id) && unit.Submissions.Accepted(order.Id) is { } accepted)
        {
            unit.Due.Set(WorkKind.SendCancel, order.Id, order.Id, now, accepted.Provider);
        }

        return true;
    }

    /// <summary>What has not run goes back at once; the runs under way are asked for one by one.</summary>
    private Result<bool> RequestOfRuns(UnitOfWork unit, OrderRow parent, long now)
    {
        var rest = MoveOrder.Move(unit, parent, new(OrderStatus.Canceled, Actor.Reseller), now);
        var asked = DripFeedRuns.OpenRuns(unit, parent.Id).ConvertAll(run => RequestOfOne(unit, run, now));
        return rest.Refusal is null || asked.Exists(run => run.Refusal is null) ? true : Refusal.CancelNotAvailable;
    }
}
