using PanelServer.Catalogue;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Refills;
using PanelServer.Idempotency;

namespace PanelServer.Refills;

/// <summary>A reseller asks for refills (docs/contract.md, "Refill"): one outcome for each order asked for.</summary>
/// <param name="writes">The way in.</param>
/// <param name="catalogue">What is offered.</param>
/// <param name="clock">The panel's time.</param>
/// <param name="firstReport">How long after a request the provider first reports; null where operators deliver.</param>
internal sealed class RequestRefill(WriteQueue writes, CurrentCatalogue catalogue, TimeProvider clock, TimeSpan? firstReport)
{
    /// <summary>Asks for a refill of each order, once per idempotency key.</summary>
    /// <returns>The refill's id, or why there is none, in the order asked.</returns>
    public Task<IdempotentResult<IReadOnlyList<Result<int>>>> RunAsync(
        ActorContext actor,
        int reseller,
        IReadOnlyList<int> orders,
        IdempotencyKey? retry,
        Func<IReadOnlyList<Result<int>>, byte[]?> wording)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var services = catalogue.Get();
        return writes.RunAsync(actor, unit => ExecuteOnce.Run<IReadOnlyList<Result<int>>>(
            unit,
            retry,
            now,
            () => [.. orders.Select(order => Request(unit, services, reseller, order, now))],
            wording));
    }

    private Result<int> Request(UnitOfWork unit, CatalogueSnapshot services, int reseller, int id, long now)
    {
        if (unit.Orders.Find(id) is not { } order || order.ResellerId != reseller)
        {
            return Refusal.IncorrectOrder;
        }

        // A parent has no delivery of its own: its children are refilled one by one.
        var policy = order.Kind == OrderKind.Plain ? services.Any(order.ServiceId)?.Refill : null;
        if (policy is null || order.Status != OrderStatus.Completed || order.CompletedAt is not { } completedAt)
        {
            return Refusal.RefillNotAvailable;
        }

        var last = unit.Db.Refills.Where(row => row.OrderId == id).OrderByDescending(row => row.Id).FirstOrDefault();
        var isOpen = last is not null && !RefillLifecycle.Table.IsFinal(last.Status);
        var done = unit.Db.Refills.Count(row => row.OrderId == id && row.Status != RefillStatus.Rejected);
        if (isOpen || !policy.Allows(completedAt, last?.CreatedAt, done, now))
        {
            return Refusal.RefillNotAvailable;
        }

        var refill = unit.RefillIds.Take();
        unit.Db.Refills.Add(new RefillRow
        {
            Id = refill,
            OrderId = id,
            ResellerId = reseller,
            Status = RefillStatus.Pending,
            CreatedAt = now,
            UpdatedAt = now,
        });
        unit.Save();
        if (firstReport is { } after)
        {
            unit.Due.Set(WorkKind.Refill, refill, id, now + (long)after.TotalMilliseconds);
        }
        else if (unit.Submissions.Accepted(id) is { } accepted)
        {
            unit.Due.Set(WorkKind.SendRefill, refill, id, now, accepted.Provider);
        }

        return refill;
    }
}
