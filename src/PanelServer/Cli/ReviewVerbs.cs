using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Domain;

namespace PanelServer.Cli;

/// <summary><c>review</c>: orders of which something was said that cannot be.</summary>
internal static class ReviewVerbs
{
    private static readonly Argument<int> Order = new("ORDER") { Description = "The order's id" };
    private static readonly Option<string> Note = new("--note") { HelpName = "TEXT", Description = "What was found; it is written down", Required = true };

    public static Command Command(Verbs verbs) => new("review", "Orders that a person must look at")
    {
        verbs.Reading(new("list", "Lists the open reviews, the oldest first.\n\nExample:\n  panelserver review list"), ListAsync),
        verbs.Changing(
            new("close", "Closes an order's review; correct the order first, if it is wrong.\n\nExample:\n  panelserver review close 17 --note \"the provider confirmed it\"")
            { Order, Note },
            async (context, panel) =>
                (await panel.Reviews.CloseAsync(context.Get(Order), context.Get(Note))).Try(out var order, out var refusal)
                    ? context.Say(new { Order = order, Review = "Closed" }, string.Create(CultureInfo.InvariantCulture, $"review of order {order} closed"))
                    : context.Refuse(refusal)),
    };

    private static async Task<int> ListAsync(VerbContext context, PanelDb db)
    {
        var rows = await db.Reviews.Where(row => row.ClosedAt == null).OrderBy(row => row.OpenedAt).Take(VerbOptions.MostRows)
            .Join(db.Orders, review => review.OrderId, order => order.Id, (review, order) => new { review, order.Status })
            .OrderBy(row => row.review.OpenedAt).ThenBy(row => row.review.Id)
            .ToListAsync();
        return context.SayRows(
            rows,
            "no open reviews",
            row => new
            {
                Order = row.review.OrderId,
                Status = StatusNames.Of(row.Status),
                OpenedAt = VerbContext.Instant(row.review.OpenedAt),
                row.review.Said,
            },
            ("ORDER", row => row.review.OrderId),
            ("STATE", row => StatusNames.Of(row.Status)),
            ("OPENED", row => VerbContext.Time(row.review.OpenedAt)),
            ("SAID", row => row.review.Said));
    }
}
