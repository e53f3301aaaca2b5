using System.Globalization;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Orders;
using PanelServer.Orders;

namespace PanelServer.Subscriptions;

/// <summary>
/// Posts of a subscription appear: each is ordered for when the subscription's delay has passed (docs/contract.md,
/// "Subscription"). A post that is known already does not appear again.
/// </summary>
internal sealed class AppearPosts(WriteQueue writes, CurrentLinkBlocks blocks, TimeProvider clock)
{
    /// <summary>Posts that may appear at once.</summary>
    public const int MaxAtOnce = 1_000;

    /// <summary>Takes new posts down, by an operator's word.</summary>
    /// <param name="order">The subscription.</param>
    /// <param name="links">The posts' addresses.</param>
    /// <returns>How many are new.</returns>
    public Task<Result<int>> RunAsync(ActorContext actor, int order, IReadOnlyList<string> links)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.RunAsync(actor, unit =>
        {
            if (!Find(unit, order).Try(out var found, out var refusal))
            {
                return refusal;
            }

            var done = Appear(unit, found, links, now);
            if (done.Try(out var appeared, out _))
            {
                Audit.Write(
                    unit,
                    now,
                    "subscription post",
                    string.Create(CultureInfo.InvariantCulture, $"order {order}"),
                    string.Create(CultureInfo.InvariantCulture, $"{appeared} new of {links.Count}"));
            }

            return done;
        });
    }

    /// <summary>Invents posts in a sandbox; each gets an address of its own.</summary>
    /// <returns>How many are new.</returns>
    public Task<Result<int>> InventAsync(ActorContext actor, int order, int count)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.RunAsync(actor, unit =>
        {
            if (!Find(unit, order).Try(out var found, out var refusal))
            {
                return refusal;
            }

            var known = unit.Db.Subscriptions.Single(row => row.OrderId == order).PostsDone
                + unit.Db.Posts.Count(row => row.OrderId == order);
            var links = Enumerable.Range(known + 1, Math.Clamp(count, 0, MaxAtOnce + 1))
                .Select(post => string.Create(CultureInfo.InvariantCulture, $"https://example.com/posts/{order}/{post}"));
            return Appear(unit, found, [.. links], now);
        });
    }

    private static Result<OrderRow> Find(UnitOfWork unit, int id)
    {
        var order = unit.Orders.Find(id);
        return order is null ? OrderRefusal.Unknown(id)
            : order.Kind != OrderKind.Subscription ? new Refusal("no_subscription", id)
            : OrderLifecycle.IsFinal(order.Status) ? new Refusal("illegal_move.posts", id, StatusNames.Of(order.Status))
            : order;
    }

    private Result<int> Appear(UnitOfWork unit, OrderRow order, IReadOnlyList<string> links, long now)
    {
        if (links.Count is 0 or > MaxAtOnce)
        {
            return new Refusal("incorrect_posts", MaxAtOnce);
        }

        if (links.FirstOrDefault(link => !WireText.IsLine(link, Limits.LinkLength)) is { } wrong)
        {
            return wrong.Length > Limits.LinkLength
                ? new Refusal("incorrect_link.post_length", Limits.LinkLength, wrong.Length)
                : new Refusal("incorrect_link.post", HiddenCharacters.Describe(wrong));
        }

        var blocked = blocks.Get();
        if (links.Select(link => (Link: link, Block: blocked.Of(link))).FirstOrDefault(one => one.Block is { Kind: LinkBlockKind.Ban }) is { Block: { } ban } post)
        {
            return new Refusal("banned_link", post.Link, ban.Pattern.Text);
        }

        var plan = unit.Db.Subscriptions.Single(row => row.OrderId == order.Id);
        var appeared = 0;
        foreach (var link in links.Distinct())
        {
            if (unit.Db.Posts.Any(known => known.OrderId == order.Id && known.Link == link)
                || unit.Db.Orders.Any(known => known.ParentId == order.Id && known.Link == link))
            {
                continue;
            }

            var row = new PostRow { OrderId = order.Id, Link = link, AppearedAt = now };
            unit.Db.Posts.Add(row);
            unit.Save();
            unit.Due.Set(WorkKind.Post, row.Id, order.Id, now + (plan.DelayMinutes * 60_000L));
            appeared++;
        }

        if (order.Status == OrderStatus.Paused)
        {
            unit.Due.Hold(WorkKind.Post, order.Id, held: true);
        }

        return appeared;
    }
}
