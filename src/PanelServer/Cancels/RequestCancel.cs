using PanelServer.Catalogue;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Cancels;
using PanelServer.Domain.Orders;
using PanelServer.Orders;
using PanelServer.Retries;

namespace PanelServer.Cancels;

/// <summary>
/// A reseller asks to cancel orders (docs/contract.md, "Cancel"). One that nobody was told of ends at once and is paid
/// back; any other waits for the word of whoever fulfils it, and only that word pays money back.
/// </summary>
internal sealed class RequestCancel(WriteQueue writes, CurrentCatalogue catalogue, TimeProvider clock)
{
    /// <summary>Asks for each order, once per retry key.</summary>
    /// <returns>True where the request was taken, or why not, in the order asked.</returns>
    public Task<Once<IReadOnlyList<Result<bool>>>> RunAsync(
        int reseller,
        IReadOnlyList<int> orders,
        RetryKey? retry,
        Func<IReadOnlyList<Result<bool>>, byte[]?> wording)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var services = catalogue.Get();
        return writes.RunAsync(writer => RetryKeys.Run<IReadOnlyList<Result<bool>>>(
            writer,
            retry,
            now,
            () => [.. orders.Select(order => Request(writer, services, reseller, order, now))],
            wording));
    }

    private static Result<bool> Request(Writer writer, CatalogueSnapshot services, int reseller, int id, long now)
    {
        var order = writer.Db.Orders.FirstOrDefault(row => row.Id == id && row.ResellerId == reseller);
        if (order is null)
        {
            return Refusal.IncorrectOrder;
        }

        if (services.Any(order.ServiceId) is not { Cancel: true }
            || OrderLifecycle.IsFinal(order.Status)
            || writer.Db.Cancels.Any(row => row.OrderId == id && row.Status == CancelStatus.Open))
        {
            return Refusal.CancelNotAvailable;
        }

        var isQueued = order is { Status: OrderStatus.Pending, Stage: OrderStage.Queued };
        if (isQueued || order.Status is OrderStatus.Active or OrderStatus.Paused)
        {
            var moved = MoveOrder.Move(writer, new(id, OrderStatus.Canceled, Actor.Reseller), now);
            return moved.Try(out _, out var refusal) ? true : refusal;
        }

        writer.Db.Cancels.Add(new CancelRow
        {
            OrderId = id,
            ResellerId = reseller,
            Status = CancelStatus.Open,
            CreatedAt = now,
            UpdatedAt = now,
        });
        writer.Save();
        return true;
    }
}
