using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Subscriptions;

namespace PanelServer.Cli;

/// <summary><c>subscription</c>: orders for posts, and telling of the posts.</summary>
internal static class SubscriptionVerbs
{
    private static readonly Argument<int> Order = new("ORDER") { Description = "The subscription's order" };
    private static readonly Argument<string[]> Links = new("LINK") { Description = "The new posts' addresses", Arity = ArgumentArity.OneOrMore };

    public static Command Command(Verbs verbs) => new("subscription", "Orders for posts that do not exist yet")
    {
        verbs.Reading(
            new("list", "Lists subscriptions, the newest first.\n\nExample:\n  panelserver subscription list --limit 20") { VerbOptions.Before, VerbOptions.Limit },
            ListAsync),
        verbs.Changing<AppearPosts>(
            new(
                "post",
                "Tells of new posts: each is ordered for after the subscription's delay.\n\nExample:\n  panelserver subscription post 17 https://example.com/p/1 https://example.com/p/2")
            { Order, Links },
            PostAsync),
    };

    private static async Task<int> PostAsync(VerbContext context, AppearPosts appearPosts)
    {
        var (order, links) = (context.Get(Order), context.Get(Links));
        return (await appearPosts.RunAsync(context.Actor, order, links)).Try(out var appeared, out var refusal)
            ? context.Write(
                new { Order = order, Appeared = appeared, Known = links.Length - appeared },
                string.Create(CultureInfo.InvariantCulture, $"subscription {order}: new posts {appeared}, known before {links.Length - appeared}"))
            : context.Refuse(refusal);
    }

    private static async Task<int> ListAsync(VerbContext context, PanelDb db)
    {
        var rows = await db.Subscriptions.Where(row => row.OrderId < context.Get(VerbOptions.Before))
            .OrderByDescending(row => row.OrderId).Take(context.Get(VerbOptions.Limit))
            .Join(db.Orders, plan => plan.OrderId, order => order.Id, (plan, order) => new { plan, order })
            .Join(db.Resellers, row => row.order.ResellerId, reseller => reseller.Id, (row, reseller) => new
            {
                row.plan,
                row.order,
                reseller.Name,
                Waiting = db.Posts.Count(post => post.OrderId == row.order.Id),
                Next = db.Due.Where(due => due.Kind == WorkKind.Post && due.OrderId == row.order.Id).Min(due => (long?)due.At),
            })
            .OrderByDescending(row => row.order.Id)
            .ToListAsync();
        return context.WriteTable(
            rows,
            "no subscriptions",
            row => new
            {
                row.order.Id,
                Reseller = row.Name,
                Service = row.order.ServiceId,
                Status = StatusNames.Of(row.order.Status),
                row.order.Details,
                PostsOrdered = row.plan.PostsDone,
                Posts = row.plan.Posts + row.plan.OldPosts,
                PostsWaiting = row.Waiting,
                NextPostAt = row.Next is { } next ? VerbContext.Instant(next) : null,
                ExpiresAt = row.plan.ExpiresAt is { } end ? VerbContext.Instant(end) : null,
            },
            ("ID", row => row.order.Id),
            ("RESELLER", row => row.Name),
            ("SERVICE", row => row.order.ServiceId),
            ("STATE", row => StatusNames.Of(row.order.Status)),
            ("ORDERED", row => row.plan.PostsDone),
            ("OF", row => row.plan.Posts is { } posts ? posts + row.plan.OldPosts : "no end"),
            ("WAITING", row => row.Waiting),
            ("NEXT DUE", row => row.Next is { } next ? VerbContext.Time(next) : "-"),
            ("EXPIRES", row => row.plan.ExpiresAt is { } end ? VerbContext.Time(end) : "-"),
            ("DETAILS", row => row.order.Details));
    }
}
