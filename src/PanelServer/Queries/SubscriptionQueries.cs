using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;

namespace PanelServer.Queries;

/// <summary>A subscription in a list.</summary>
internal sealed record SubscriptionListItem
{
    public required SubscriptionRow Plan { get; init; }
    public required OrderRow Order { get; init; }

    /// <summary>The name of its reseller.</summary>
    public required string Reseller { get; init; }

    /// <summary>Posts that wait for their order.</summary>
    public required int Waiting { get; init; }

    /// <summary>When the next of them is due.</summary>
    public long? Next { get; init; }
}

/// <summary>Orders for posts that do not exist yet.</summary>
internal static class SubscriptionQueries
{
    /// <summary>A page of them, the newest first.</summary>
    public static Task<List<SubscriptionListItem>> ListAsync(PanelDb db, Page page) =>
        db.Subscriptions.Where(row => row.OrderId < page.Before)
            .OrderByDescending(row => row.OrderId).Take(page.Limit)
            .Join(db.Orders, plan => plan.OrderId, order => order.Id, (plan, order) => new { plan, order })
            .Join(db.Resellers, row => row.order.ResellerId, reseller => reseller.Id, (row, reseller) => new { row.plan, row.order, reseller.Name })
            .OrderByDescending(row => row.order.Id)
            .Select(row => new SubscriptionListItem
            {
                Plan = row.plan,
                Order = row.order,
                Reseller = row.Name,
                Waiting = db.Posts.Count(post => post.OrderId == row.order.Id),
                Next = db.Due.Where(due => due.Kind == WorkKind.Post && due.OrderId == row.order.Id).Min(due => (long?)due.At),
            })
            .ToListAsync();
}
