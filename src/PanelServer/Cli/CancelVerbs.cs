using System.CommandLine;
using PanelServer.Cancels;
using PanelServer.Data;
using PanelServer.Domain.Lifecycles;
using PanelServer.Queries;

namespace PanelServer.Cli;

/// <summary><c>cancel</c>: cancel requests that wait for an answer.</summary>
internal static class CancelVerbs
{
    private static readonly Argument<int[]> Orders = IdArgument.Of("ORDER", "The orders' ids");
    private static readonly Option<long?> Remains = new("--remains") { HelpName = "N", Description = "What is undelivered, if it is not what is known" };

    public static Command Command(Verbs verbs) => new("cancel", "Cancel requests of resellers")
    {
        verbs.Reading(new("list", "Lists cancel requests, the newest first"), ListAsync),
        verbs.Changing<Bulk, QueryReaders>(
            new("accept", "Accepts: what remains is paid back.\n\nExample:\n  panelserver cancel accept 17 --remains 40")
            { Orders, Remains, BulkAnswer.Preview, BulkAnswer.WithProvider },
            (context, bulk, readers) =>
            {
                var orders = OrderSelection.Of(context.Get(Orders));
                return BulkAnswer.MoveOrdersAsync(
                    context,
                    bulk,
                    readers,
                    orders,
                    BulkAnswer.LeavingOutProviders(
                        context,
                        orders,
                        (unit, order, now) => AnswerCancel.Accept(unit, order, context.Get(Remains), Actor.Operator, now)));
            }),
        verbs.Changing<Bulk>(
            new("refuse", "Refuses: the orders go on.\n\nExample:\n  panelserver cancel refuse 17-25") { Orders, BulkAnswer.Preview },
            (context, bulk) => BulkAnswer.RunAsync(
                context,
                bulk,
                context.Get(Orders),
                (unit, order, now) => AnswerCancel.Refuse(unit, order, Actor.Operator, now),
                refund: null,
                order => new { Order = order, Cancel = "Refused" },
                ("ORDER", order => order),
                ("CANCEL REQUEST", _ => "Refused"))),
    };

    private static async Task<int> ListAsync(VerbContext context, PanelDb db)
    {
        var rows = await RequestQueries.CancelsAsync(db, VerbOptions.MaxRows);
        return context.WriteTable(
            rows,
            "no cancel requests",
            row => new
            {
                Order = row.Cancel.OrderId,
                row.Reseller,
                Status = row.Cancel.Status.ToString(),
                AskedAt = VerbContext.Instant(row.Cancel.CreatedAt),
            },
            ("ORDER", row => row.Cancel.OrderId),
            ("RESELLER", row => row.Reseller),
            ("STATE", row => row.Cancel.Status),
            ("ASKED", row => VerbContext.Time(row.Cancel.CreatedAt)));
    }
}
