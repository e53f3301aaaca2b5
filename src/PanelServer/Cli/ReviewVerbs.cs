using System.CommandLine;
using System.Globalization;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Orders;
using PanelServer.Providers;
using PanelServer.Providers.Dispatch;
using PanelServer.Queries;

namespace PanelServer.Cli;

/// <summary><c>review</c>: orders of which something was said that cannot be.</summary>
internal static class ReviewVerbs
{
    private static readonly Argument<int> Order = new("ORDER") { Description = "The order's id" };
    private static readonly Option<string> Note = new("--note") { HelpName = "TEXT", Description = "What was found; it is written down", Required = true };

    private static readonly Argument<string> UpstreamId = new("UPSTREAM-ID") { Description = "The id by which the provider has it" };

    public static Command Command(Verbs verbs) => new("review", "Orders that a person must look at")
    {
        verbs.Reading(new("list", "Lists the open reviews, the oldest first.\n\nExample:\n  panelserver review list"), ListAsync),
        verbs.Changing<ManualReviews, Bulk, QueryReaders>(
            ReviewSelection.Give(new(
                "close",
                "Closes reviews of orders, by their ids or by what they are; correct an order first, if it is wrong.\n\nExample:\n  panelserver review close 17 --note \"the provider confirmed it\"\n  panelserver review close --provider acme --kind unheard --note \"they have moved\" --preview")
            { Note, BulkAnswer.Preview }),
            CloseAsync),
        verbs.Reading(
            new("show", "Shows what is known of an order under review, and what you may do.\n\nExample:\n  panelserver review show 17") { Order },
            (context, db) => ReviewPage.ShowAsync(context, db, context.Get(Order))),
        verbs.Changing<ReconcileSubmission>(
            new("link", "The provider has it by this id: the panel asks it, and goes on from there.\n\nExample:\n  panelserver review link 17 23501 --note \"found in the list there\"")
            { Order, UpstreamId, Note },
            async (context, submissions) => Say(
                context,
                "linked",
                await submissions.LinkAsync(context.Actor, context.Get(Order), context.Get(UpstreamId).Trim(), context.Get(Note), CancellationToken.None))),
        verbs.Changing<ReconcileSubmission, ProviderDispatcher>(
            new("resend", "The provider has it not: it is sent again.\n\nExample:\n  panelserver review resend 17 --note \"not in the list there\"") { Order, Note },
            async (context, submissions, dispatcher) =>
            {
                var done = await submissions.ResendAsync(context.Actor, context.Get(Order), context.Get(Note));
                dispatcher.Wake();
                return Say(context, "resent", done);
            }),
        verbs.Changing<ReconcileSubmission>(
            new("refund", "Pays an order back, whatever became of it at the provider.\n\nExample:\n  panelserver review refund 17 --note \"cannot be found out\"") { Order, Note },
            async (context, submissions) => Say(context, "refunded", await submissions.RefundAsync(context.Actor, context.Get(Order), context.Get(Note)))),
    };

    private static async Task<int> CloseAsync(VerbContext context, ManualReviews reviews, Bulk bulk, QueryReaders readers)
    {
        if (!(await readers.ReadAsync(db => ReviewSelection.FindAsync(context, db))).Try(out var chosen, out var refusal))
        {
            return context.Refuse(refusal);
        }

        // A single one is printed in full.
        if (chosen is { IsNamed: true, Orders: [var one] } && !context.Get(BulkAnswer.Preview))
        {
            return (await reviews.CloseAsync(context.Actor, one, context.Get(Note))).Try(out var order, out refusal)
                ? context.Write(new { Order = order, Review = "Closed" }, string.Create(CultureInfo.InvariantCulture, $"review of order {order} closed"))
                : context.Refuse(refusal);
        }

        var note = context.Get(Note);
        var exit = await BulkAnswer.RunAsync(
            context,
            bulk,
            chosen.Orders,
            (unit, order, now) => ManualReviews.Closed(unit, order, note, now),
            refund: null,
            order => new { Order = order, Review = "Closed" },
            ("ORDER", order => order),
            ("REVIEW", _ => "closed"));
        return chosen.IsCut
            ? context.Refuse(string.Create(CultureInfo.InvariantCulture, $"these are the oldest {Bulk.MaxIds} of those chosen: run it again for the others"))
            : exit;
    }

    private static int Say(VerbContext context, string what, Result<string> done) => done.Try(out var said, out var refusal)
        ? context.Write(
            new { Order = context.Get(Order), Review = "Closed", Done = what, Said = said },
            string.Create(CultureInfo.InvariantCulture, $"order {context.Get(Order)} {what}: {said}"))
        : context.Refuse(refusal);

    private static async Task<int> ListAsync(VerbContext context, PanelDb db)
    {
        var rows = await ReviewQueries.OpenAsync(db, VerbOptions.MaxRows);
        return context.WriteTable(
            rows,
            "no open reviews",
            row => new
            {
                Order = row.Review.OrderId,
                Status = StatusNames.Of(row.Status),
                Kind = ReviewQueries.NameOf(row.Review.Kind),
                OpenedAt = VerbContext.Instant(row.Review.OpenedAt),
                row.Review.Said,
            },
            ("ORDER", row => row.Review.OrderId),
            ("STATE", row => StatusNames.Of(row.Status)),
            ("KIND", row => ReviewQueries.NameOf(row.Review.Kind)),
            ("OPENED", row => VerbContext.Time(row.Review.OpenedAt)),
            ("SAID", row => row.Review.Said));
    }
}
