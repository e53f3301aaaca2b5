using System.Text.Json;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Ledger;
using PanelServer.Domain.Orders;
using PanelServer.Idempotency;

namespace PanelServer.Orders;

/// <summary>What is to be ordered, priced. What can be computed of it is computed here, not on the writer's thread.</summary>
/// <param name="Reseller">Who orders and pays.</param>
/// <param name="Service">What is ordered.</param>
/// <param name="Rate">What this reseller pays for it.</param>
/// <param name="Details">The order's fields, read and checked.</param>
internal sealed record OrderToPlace(int Reseller, Service Service, Rate Rate, OrderDetails Details)
{
    /// <summary>The identity of its link, where the service denies a second order with the same link.</summary>
    public string? DeniedLink { get; } = Service.DenyDuplicates && Details.Link is { } link ? LinkIdentity.Of(link) : null;

    /// <summary>The type's further fields as they are stored; null when there are none.</summary>
    public string? StoredDetails { get; } = Details.Extras.Count == 0 ? null : JsonOf(Details.Extras);

    /// <summary>The subscription whose post it is.</summary>
    public int? Parent { get; init; }

    /// <summary>The block that holds it because of its link; null when none does.</summary>
    public string? HeldBy { get; init; }

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

/// <summary>Places an order and charges it, in one unit: both happen or neither.</summary>
/// <param name="writes">The way in.</param>
/// <param name="clock">The panel's time.</param>
/// <param name="firstReport">How long after an order the simulated provider first reports; null in a live panel.</param>
/// <param name="placed">Called when an order that goes to a provider is on disk.</param>
internal sealed class PlaceOrder(WriteQueue writes, TimeProvider clock, TimeSpan? firstReport, Action placed)
{
    /// <summary>Places an order, once per idempotency key.</summary>
    /// <returns>The order's id, or why there is none: an active order with the link, or not enough funds.</returns>
    public Task<IdempotentResult<Result<int>>> RunAsync(ActorContext actor, OrderToPlace order, IdempotencyKey? retry, Func<Result<int>, byte[]?> wording)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var placing = writes.RunAsync(actor, unit => ExecuteOnce.Run(unit, retry, now, () => Place(unit, order, now), wording));
        return order.Service.Provider is null ? placing : ThenTellAsync(placing);
    }

    /// <summary>Places an order inside a unit. Everything that can refuse comes before the first write.</summary>
    public Result<int> Place(UnitOfWork unit, OrderToPlace order, long now)
    {
        var (reseller, service, rate, details) = order;
        if (order.DeniedLink is { } denied && unit.Orders.IsRunning(reseller, service.Id, denied))
        {
            return Refusal.ActiveOrderWithLink;
        }

        if (!service.ChargeFor(rate, details.Quantity).Try(out var charge, out var refusal))
        {
            return refusal;
        }

        if (charge > Money.Zero && !unit.Accounts.TryDebit(reseller, charge))
        {
            return Refusal.NotEnoughFunds;
        }

        var id = unit.OrderIds.Take();
        unit.Orders.Insert(new()
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
            Details = order.StoredDetails,
            Drip = details.Drip,
            Parent = order.Parent,
            At = now,
        });
        PlanNext(unit, id, service.Provider, details, now);
        if (charge > Money.Zero)
        {
            unit.Accounts.Book(Transfer.Charge(id, reseller, charge, now));
        }

        if (order.HeldBy is { } pattern)
        {
            HeldOrders.Hold(unit, id, pattern, now);
        }

        if (order.DeniedLink is { } link)
        {
            unit.Orders.KeepRunning(reseller, service.Id, link, id);
        }

        if (details.Subscription is { } plan)
        {
            unit.Db.Subscriptions.Add(new SubscriptionRow
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

    /// <summary>Makes a run of a drip-feed an order of its own; its share was charged with the parent.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="parent">The drip-feed.</param>
    /// <param name="drip">How it is split.</param>
    /// <param name="run">Which run, counted from 0.</param>
    /// <param name="now">Unix milliseconds.</param>
    public void PlaceRun(UnitOfWork unit, OrderRow parent, DripFeed drip, int run, long now)
    {
        var id = unit.OrderIds.Take();
        unit.Orders.Insert(new()
        {
            Id = id,
            Reseller = parent.ResellerId,
            Service = parent.ServiceId,
            Type = parent.Type,
            Status = OrderStatus.Pending,
            Quantity = parent.Quantity / drip.Runs,
            Rate = parent.Rate,
            Charge = DripFeedShare.Of(parent.Charge, drip.Runs, run),
            Link = parent.Link,
            Details = parent.Details,
            Parent = parent.Id,
            At = now,
        });
        PlanDelivery(unit, id, unit.Routes.FirstProvider(parent.ServiceId), now);
    }

    /// <summary>Says what happens to a new order by itself.</summary>
    private void PlanNext(UnitOfWork unit, int order, int? provider, OrderDetails details, long now)
    {
        if (details.Drip is not null)
        {
            unit.Due.Set(WorkKind.Run, order, order, now);
        }
        else if (details.Subscription is not { } plan)
        {
            PlanDelivery(unit, order, provider, now);
        }
        else if (plan.EndsAt is { } end)
        {
            unit.Due.Set(WorkKind.Expiry, order, order, end);
        }
    }

    private async Task<IdempotentResult<Result<int>>> ThenTellAsync(Task<IdempotentResult<Result<int>>> placing)
    {
        var once = await placing;
        placed();
        return once;
    }

    /// <summary>Who delivers it: a sandbox's simulated provider, a provider, or a person, who needs no due time.</summary>
    private void PlanDelivery(UnitOfWork unit, int order, int? provider, long now)
    {
        if (firstReport is { } after)
        {
            unit.Due.Set(WorkKind.Order, order, order, now + (long)after.TotalMilliseconds);
        }
        else if (provider is not null)
        {
            unit.Due.Set(WorkKind.Send, order, order, now, provider);
        }
    }
}
