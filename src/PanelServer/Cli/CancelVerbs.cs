using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using PanelServer.Cancels;
using PanelServer.Data;
using PanelServer.Domain.Lifecycles;

namespace PanelServer.Cli;

/// <summary><c>cancel</c>: cancel requests that wait for an answer.</summary>
internal static class CancelVerbs
{
    private static readonly Argument<int[]> Orders = IdArgument.Of("ORDER", "The orders' ids");
    private static readonly Option<long?> Remains = new("--remains") { HelpName = "N", Description = "What is undelivered, if it is not what is known" };

    public static Command Command(Verbs verbs) => new("cancel", "Cancel requests of resellers")
    {
        verbs.Reading(new("list", "Lists cancel requests, the newest first"), ListAsync),
        verbs.Changing<Bulk, PanelDatabase>(
            new("accept", "Accepts: what remains is paid back.\n\nExample:\n  panelserver cancel accept 17 --remains 40")
            { Orders, Remains, BulkAnswer.Preview, BulkAnswer.WithProvider },
            (context, bulk, database) =>
            {
                var orders = OrderSelection.Of(context.Get(Orders));
                return BulkAnswer.MoveOrdersAsync(
                    context,
                    bulk,
                    database,
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
        var rows = await db.Cancels.OrderByDescending(row => row.Id).Take(VerbOptions.MaxRows)
            .Join(db.Resellers, cancel => cancel.ResellerId, reseller => reseller.Id, (cancel, reseller) => new { cancel, reseller.Name })
            .ToListAsync();
        return context.WriteTable(
            rows,
            "no cancel requests",
            row => new
            {
                Order = row.cancel.OrderId,
                Reseller = row.Name,
                Status = row.cancel.Status.ToString(),
                AskedAt = VerbContext.Instant(row.cancel.CreatedAt),
            },
            ("ORDER", row => row.cancel.OrderId),
            ("RESELLER", row => row.Name),
            ("STATE", row => row.cancel.Status),
            ("ASKED", row => VerbContext.Time(row.cancel.CreatedAt)));
    }
}
