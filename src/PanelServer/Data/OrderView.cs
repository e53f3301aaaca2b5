using PanelServer.Domain;
using PanelServer.Domain.Orders;

namespace PanelServer.Data;

/// <summary>An order as a reseller may see it.</summary>
/// <param name="Kept">What the reseller has paid by now.</param>
internal sealed record OrderView(
    int Id,
    int Type,
    OrderStatus Status,
    Money Kept,
    long StartCount,
    long Remains,
    int? Runs,
    SubscriptionView? Subscription,
    IReadOnlyList<int> Children);

/// <summary>The subscription's part of an order's view.</summary>
/// <param name="Posts">New posts asked for; null without end.</param>
/// <param name="ExpiresAt">The first instant after the last day, unix milliseconds; null without end.</param>
/// <param name="PostsDone">Posts turned into orders so far.</param>
internal sealed record SubscriptionView(int? Posts, int OldPosts, int PostsDone, long? ExpiresAt);
