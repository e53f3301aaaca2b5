using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;

namespace PanelServer.Queries;

/// <summary>An order in a list.</summary>
/// <param name="Order">The order.</param>
/// <param name="Reseller">The name of its reseller.</param>
/// <param name="Provider">Who has it; null = nobody.</param>
internal sealed record OrderListItem(OrderRow Order, string Reseller, OrderProvider? Provider);

/// <summary>Orders that a change of many is about.</summary>
/// <param name="Ids">Which, the oldest first.</param>
/// <param name="From">The state they were chosen by; they move only while they are in it.</param>
/// <param name="LeftOut">How many were not chosen because a provider has them in hand.</param>
/// <param name="IsCut">Whether more could be chosen than may be changed at once.</param>
internal sealed record ChosenOrders(IReadOnlyList<int> Ids, OrderStatus? From, int LeftOut, bool IsCut);

/// <summary>Lists and choices of orders.</summary>
internal static class OrderQueries
{
    /// <summary>Orders that one page looks back over where no index answers it (docs/decisions/0029): about a tenth of a second.</summary>
    public const int MaxLookBack = 250_000;

    /// <summary>A page of orders, the newest first.</summary>
    public static async Task<Result<Listing<OrderListItem>>> ListAsync(PanelDb db, OrderFilter filter, Page page)
    {
        if (filter.Apply(db, out var orders) is { } refusal)
        {
            return refusal;
        }

        var oldest = 0;
        if (filter.IsScan)
        {
            var newest = await db.Orders.MaxAsync(row => (int?)row.Id) ?? 0;
            oldest = Math.Min(page.Before, newest + 1) - MaxLookBack;
            orders = orders.Where(row => row.Id >= oldest);
        }

        var rows = await orders.Where(row => row.Id < page.Before).OrderByDescending(row => row.Id)
            .Take(page.Limit)
            .Join(db.Resellers, order => order.ResellerId, reseller => reseller.Id, (order, reseller) => new { order, reseller.Name })
            .ToListAsync();
        var with = await OrderProviders.ReadAsync(db, [.. rows.Select(row => row.order.Id)]);
        var isCut = rows.Count < page.Limit && oldest > 0 && await db.Orders.AnyAsync(row => row.Id < oldest);
        return new Listing<OrderListItem>(
            [.. rows.Select(row => new OrderListItem(row.order, row.Name, with.GetValueOrDefault(row.order.Id)))],
            isCut ? oldest : null);
    }

    /// <summary>The orders that a change of many is about, the oldest first, as many as may be changed at once.</summary>
    /// <param name="db">A context that reads.</param>
    /// <param name="filter">Which orders a change is about.</param>
    /// <param name="to">
    /// The state they are to reach. Unless a state is named, those are chosen that have a move to it. A run whose
    /// drip-feed is chosen is canceled with it; otherwise runs are chosen, and not their parents.
    /// </param>
    /// <param name="withProvider">Whether those are chosen, too, that a provider has in hand.</param>
    public static async Task<Result<ChosenOrders>> ChooseAsync(PanelDb db, OrderFilter filter, OrderStatus to, bool withProvider)
    {
        if (filter.Apply(db, out var orders) is { } refusal)
        {
            return refusal;
        }

        var from = filter.State is { } state ? OrderFilter.StateOf(state).Value : (OrderStatus?)null;
        if (from is null)
        {
            var movable = Enum.GetValues<OrderStatus>()
                .Where(status => Enum.GetValues<OrderKind>().Any(kind => OrderLifecycle.Of(kind).Allows(status, to, Actor.Operator)))
                .ToList();
            orders = orders.Where(row => movable.Contains(row.Status));
        }

        var chosen = to == OrderStatus.Canceled
            ? orders.Where(row => !orders.Any(parent => parent.Id == row.ParentId && parent.Runs != null))
            : orders.Where(row => row.Runs == null && row.Type != ServiceType.Subscriptions.Id);
        var leftOut = 0;
        if (!withProvider)
        {
            var free = OrderProviders.InNoHand(db, chosen);
            leftOut = await chosen.CountAsync() - await free.CountAsync();
            chosen = free;
        }

        var ids = await chosen.OrderBy(row => row.Id).Select(row => row.Id).Take(Bulk.MaxIds + 1).ToListAsync();
        return new ChosenOrders([.. ids.Take(Bulk.MaxIds)], from, leftOut, ids.Count > Bulk.MaxIds);
    }
}
