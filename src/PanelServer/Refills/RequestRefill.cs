using PanelServer.Catalogue;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Refills;
using PanelServer.Retries;

namespace PanelServer.Refills;

/// <summary>A reseller asks for refills (docs/contract.md, "Refill"): one outcome for each order asked for.</summary>
internal sealed class RequestRefill(WriteQueue writes, CurrentCatalogue catalogue, TimeProvider clock)
{
    /// <summary>Asks for a refill of each order, once per retry key.</summary>
    /// <returns>The refill's id, or why there is none, in the order asked.</returns>
    public Task<Once<IReadOnlyList<Result<int>>>> RunAsync(
        int reseller,
        IReadOnlyList<int> orders,
        RetryKey? retry,
        Func<IReadOnlyList<Result<int>>, byte[]?> wording)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var services = catalogue.Get();
        return writes.RunAsync(writer => RetryKeys.Run<IReadOnlyList<Result<int>>>(
            writer,
            retry,
            now,
            () => [.. orders.Select(order => Request(writer, services, reseller, order, now))],
            wording));
    }

    private static Result<int> Request(Writer writer, CatalogueSnapshot services, int reseller, int id, long now)
    {
        var order = writer.Db.Orders.FirstOrDefault(row => row.Id == id && row.ResellerId == reseller);
        if (order is null)
        {
            return Refusal.IncorrectOrder;
        }

        // What was split is refilled run by run: a parent has no delivery of its own.
        var policy = order.Runs is null ? services.Any(order.ServiceId)?.Refill : null;
        if (policy is null || order.Status != OrderStatus.Completed || order.CompletedAt is not { } completedAt)
        {
            return Refusal.RefillNotAvailable;
        }

        var last = writer.Db.Refills.Where(row => row.OrderId == id).OrderByDescending(row => row.Id).FirstOrDefault();
        var isOpen = last is not null && RefillLifecycle.MovesFrom(last.Status).Count > 0;
        if (isOpen || !policy.Allows(completedAt, last?.CreatedAt, now))
        {
            return Refusal.RefillNotAvailable;
        }

        var refill = writer.TakeRefillId();
        writer.Db.Refills.Add(new RefillRow
        {
            Id = refill,
            OrderId = id,
            ResellerId = reseller,
            Status = RefillStatus.Pending,
            CreatedAt = now,
            UpdatedAt = now,
        });
        writer.Save();
        return refill;
    }
}
