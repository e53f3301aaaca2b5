using System.Text.Json;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Ledger;
using PanelServer.Domain.Orders;
using PanelServer.Retries;

namespace PanelServer.Orders;

/// <summary>What is to be ordered, priced.</summary>
/// <param name="Reseller">Who orders and pays.</param>
/// <param name="Service">What is ordered.</param>
/// <param name="Rate">What this reseller pays for it.</param>
/// <param name="Details">The order's fields, read and checked.</param>
internal sealed record OrderToPlace(int Reseller, Service Service, Rate Rate, OrderDetails Details);

/// <summary>Places an order and charges it, in one unit: both happen or neither.</summary>
internal sealed class PlaceOrder(WriteQueue writes, TimeProvider clock)
{
    /// <summary>Places an order, once per retry key.</summary>
    /// <returns>The order's id, or why there is none: an active order with the link, or not enough funds.</returns>
    public Task<Once<Result<int>>> RunAsync(OrderToPlace order, RetryKey? retry, Func<Result<int>, byte[]?> wording)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.RunAsync(writer => RetryKeys.Run(writer, retry, now, () => Place(writer, order, now), wording));
    }

    /// <summary>Places an order inside a unit. Everything that can refuse comes before the first write.</summary>
    public static Result<int> Place(Writer writer, OrderToPlace order, long now)
    {
        var (reseller, service, rate, details) = order;
        var denied = service.DenyDuplicates ? details.Link : null;
        if (denied is not null && writer.Orders.IsRunning(reseller, service.Id, denied))
        {
            return Refusal.ActiveOrderWithLink;
        }

        if (!service.ChargeFor(rate, details.Quantity).Try(out var charge, out var refusal))
        {
            return refusal;
        }

        if (charge > Money.Zero && !writer.Accounts.TryDebit(reseller, charge))
        {
            return Refusal.NotEnoughFunds;
        }

        var id = writer.Orders.TakeId();
        writer.Orders.Insert(new()
        {
            Id = id,
            Reseller = reseller,
            Service = service.Id,
            Type = service.Type.Id,
            Status = details.Subscription is null ? OrderStatus.Pending : OrderStatus.Active,
            Quantity = details.Quantity,
            Rate = rate,
            Charge = charge,
            Link = details.Link,
            Details = details.Extras.Count == 0 ? null : JsonOf(details.Extras),
            Drip = details.Drip,
            At = now,
        });
        if (charge > Money.Zero)
        {
            writer.Accounts.Book(Transfer.Charge(id, reseller, charge, now));
        }

        if (denied is not null)
        {
            writer.Orders.KeepRunning(reseller, service.Id, denied, id);
        }

        if (details.Subscription is { } plan)
        {
            writer.Db.Subscriptions.Add(new SubscriptionRow
            {
                OrderId = id,
                Min = plan.Min,
                Max = plan.Max,
                DelayMinutes = plan.DelayMinutes,
                Posts = plan.Posts,
                OldPosts = plan.OldPosts,
                ExpiresAt = plan.EndsAt,
            });
        }

        return id;
    }

    private static string JsonOf(IReadOnlyList<KeyValuePair<string, string>> extras)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, text) in extras)
            {
                json.WriteString(name, text);
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
