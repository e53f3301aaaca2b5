using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Ledger;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;

namespace PanelServer.Queries;

/// <summary>A submission, and the name of its provider.</summary>
internal sealed record SubmissionListItem(SubmissionRow Row, string Provider);

/// <summary>Everything that is known of one order, and all that hangs on it.</summary>
internal sealed record OrderOverview
{
    /// <summary>Rows shown of each kind: the next posts, the latest of everything else.</summary>
    private const int MaxShown = 100;

    public required OrderRow Order { get; init; }

    /// <summary>The name of its reseller.</summary>
    public required string Reseller { get; init; }

    public required Service Service { get; init; }

    /// <summary>Its moves, the oldest first.</summary>
    public required IReadOnlyList<OrderMoveRow> Moves { get; init; }

    /// <summary>Its charge, refunds and reversals.</summary>
    public required IReadOnlyList<TransferRow> Transfers { get; init; }

    public OrderRow? Parent { get; init; }
    public LinkHoldRow? Hold { get; init; }
    public required IReadOnlyList<OrderRow> Children { get; init; }
    public required int ChildCount { get; init; }

    /// <summary>What happens next to it.</summary>
    public required IReadOnlyList<ScheduledWorkRow> Due { get; init; }

    public SubscriptionRow? Subscription { get; init; }
    public required IReadOnlyList<PostRow> Posts { get; init; }
    public required int PostCount { get; init; }
    public required IReadOnlyList<ReviewRow> Reviews { get; init; }
    public required IReadOnlyList<RefillRow> Refills { get; init; }
    public required IReadOnlyList<CancelRow> Cancels { get; init; }
    public required IReadOnlyList<SubmissionListItem> Submissions { get; init; }

    /// <summary>Whether an operator holds its runs back.</summary>
    public bool IsPaused => Order.Kind == OrderKind.DripFeed && Due.Any(due => due is { Kind: WorkKind.Run, Held: true });

    /// <summary>Reads it; null when there is no such order.</summary>
    public static async Task<OrderOverview?> ReadAsync(PanelDb db, int id)
    {
        if (await db.Orders.FirstOrDefaultAsync(row => row.Id == id) is not { } order)
        {
            return null;
        }

        var children = db.Orders.Where(row => row.ParentId == order.Id);
        var posts = db.Posts.Where(row => row.OrderId == order.Id);
        return new()
        {
            Order = order,
            Reseller = (await db.Resellers.FirstAsync(row => row.Id == order.ResellerId)).Name,
            Service = ServiceReading.Of(await db.Services.FirstAsync(row => row.Id == order.ServiceId)),
            Moves = await db.OrderMoves.Where(row => row.OrderId == order.Id).OrderBy(row => row.Version).ToListAsync(),
            Transfers = await db.Transfers
                .Where(row => row.Subject == order.Id
                    && (row.Kind == TransferKind.Charge || row.Kind == TransferKind.Refund || row.Kind == TransferKind.Reversal))
                .ToListAsync(),
            Parent = await db.Orders.FirstOrDefaultAsync(row => row.Id == order.ParentId),
            Children = OldestFirst(await children.OrderByDescending(row => row.Id).Take(MaxShown).ToListAsync()),
            ChildCount = await children.CountAsync(),
            Due = await db.Due.Where(row => row.OrderId == order.Id).OrderBy(row => row.At).Take(MaxShown).ToListAsync(),
            Subscription = await db.Subscriptions.FirstOrDefaultAsync(row => row.OrderId == order.Id),
            Posts = await posts.OrderBy(row => row.Id).Take(MaxShown).ToListAsync(),
            PostCount = await posts.CountAsync(),
            Hold = OrderLifecycle.IsFinal(order.Status)
                ? null
                : await db.LinkHolds.FirstOrDefaultAsync(row => row.OrderId == order.Id && row.FreedAt == null),
            Reviews = OldestFirst(await db.Reviews.Where(row => row.OrderId == order.Id).OrderByDescending(row => row.Id).Take(MaxShown).ToListAsync()),
            Refills = OldestFirst(await db.Refills.Where(row => row.OrderId == order.Id).OrderByDescending(row => row.Id).Take(MaxShown).ToListAsync()),
            Submissions = await SubmissionsAsync(db, order.Id),
            Cancels = OldestFirst(await db.Cancels.Where(row => row.OrderId == order.Id).OrderByDescending(row => row.Id).Take(MaxShown).ToListAsync()),
        };
    }

    /// <summary>What a provider was asked about an order, of each kind the latest.</summary>
    public static async Task<List<SubmissionListItem>> SubmissionsAsync(PanelDb db, int order)
    {
        var refills = db.Refills.Where(row => row.OrderId == order).Select(row => row.Id);
        var cancels = db.Cancels.Where(row => row.OrderId == order).Select(row => row.Id);
        var rows = await db.Submissions
            .Where(row => (row.Kind == SubmissionKind.Order && row.Subject == order)
                || (row.Kind == SubmissionKind.Refill && refills.Contains(row.Subject))
                || (row.Kind == SubmissionKind.Cancel && cancels.Contains(row.Subject)))
            .OrderByDescending(row => row.Id)
            .Take(MaxShown)
            .Join(db.Providers, submission => submission.ProviderId, provider => provider.Id, (submission, provider) => new { submission, provider.Name })
            .ToListAsync();
        return [.. rows.OrderBy(row => row.submission.Id).Select(row => new SubmissionListItem(row.submission, row.Name))];
    }

    private static List<T> OldestFirst<T>(List<T> newestFirst)
    {
        newestFirst.Reverse();
        return newestFirst;
    }
}
