using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Lifecycles;
using PanelServer.Orders;

namespace PanelServer.Cli;

/// <summary><c>cancel</c>: cancel requests that wait for an answer.</summary>
internal static class CancelVerbs
{
    private const int MostRows = 1_000;

    private static readonly Argument<int[]> Orders = new("ORDER") { Description = "The orders' ids", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<long?> Remains = new("--remains") { HelpName = "N", Description = "What is undelivered, if it is not what is known" };

    public static Command Command(Verbs verbs) => new("cancel", "Cancel requests of resellers")
    {
        verbs.Reading(new("list", "Lists cancel requests, the newest first"), ListAsync),
        verbs.Changing(
            new("accept", "Accepts: what remains is paid back.\n\nExample:\n  panelserver cancel accept 17 --remains 40") { Orders, Remains },
            async (context, panel) =>
            {
                var done = new List<Result<OrderMoved>>();
                foreach (var order in context.Get(Orders).Distinct())
                {
                    done.Add(await panel.AnswerCancel.AcceptAsync(order, context.Get(Remains), Actor.Operator));
                }

                return OrderVerbs.Say(context, done);
            }),
        verbs.Changing(
            new("refuse", "Refuses: the orders go on") { Orders },
            async (context, panel) =>
            {
                var exit = VerbContext.Done;
                foreach (var order in context.Get(Orders).Distinct())
                {
                    exit = Math.Max(exit, (await panel.AnswerCancel.RefuseAsync(order, Actor.Operator)).Try(out _, out var refusal)
                        ? context.Say(new { Order = order, Cancel = "Refused" }, $"cancel request of order {order} refused")
                        : context.Refuse(refusal));
                }

                return exit;
            }),
    };

    private static async Task<int> ListAsync(VerbContext context, PanelDb db)
    {
        var rows = await db.Cancels.OrderByDescending(row => row.Id).Take(MostRows)
            .Join(db.Resellers, cancel => cancel.ResellerId, reseller => reseller.Id, (cancel, reseller) => new { cancel, reseller.Name })
            .ToListAsync();
        return context.SayRows(
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
