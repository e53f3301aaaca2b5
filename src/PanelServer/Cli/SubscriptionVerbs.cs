using System.CommandLine;
using System.Globalization;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Queries;
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
        var rows = await SubscriptionQueries.ListAsync(db, VerbOptions.PageOf(context));
        return context.WriteTable(
            rows,
            "no subscriptions",
            row => new
            {
                row.Order.Id,
                row.Reseller,
                Service = row.Order.ServiceId,
                Status = StatusNames.Of(row.Order.Status),
                row.Order.Details,
                PostsOrdered = row.Plan.PostsDone,
                Posts = row.Plan.Posts + row.Plan.OldPosts,
                PostsWaiting = row.Waiting,
                NextPostAt = row.Next is { } next ? VerbContext.Instant(next) : null,
                ExpiresAt = row.Plan.ExpiresAt is { } end ? VerbContext.Instant(end) : null,
            },
            ("ID", row => row.Order.Id),
            ("RESELLER", row => row.Reseller),
            ("SERVICE", row => row.Order.ServiceId),
            ("STATE", row => StatusNames.Of(row.Order.Status)),
            ("ORDERED", row => row.Plan.PostsDone),
            ("OF", row => row.Plan.Posts is { } posts ? posts + row.Plan.OldPosts : "no end"),
            ("WAITING", row => row.Waiting),
            ("NEXT DUE", row => row.Next is { } next ? VerbContext.Time(next) : "-"),
            ("EXPIRES", row => row.Plan.ExpiresAt is { } end ? VerbContext.Time(end) : "-"),
            ("DETAILS", row => row.Order.Details));
    }
}
