using System.CommandLine;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Refills;
using PanelServer.Queries;
using PanelServer.Refills;

namespace PanelServer.Cli;

/// <summary><c>refill</c>: refills that resellers asked for, and fulfilling them by hand.</summary>
internal static class RefillVerbs
{
    private static readonly Argument<int[]> Ids = IdArgument.Of("ID", "The refills' ids");

    public static Command Command(Verbs verbs) => new("refill", "Refills, and fulfilling them by hand")
    {
        verbs.Reading(new("list", "Lists refills, the newest first"), ListAsync),
        Move(verbs, "start", "Starts refills: In progress", RefillStatus.InProgress),
        Move(verbs, "complete", "Completes refills", RefillStatus.Completed),
        Move(verbs, "reject", "Rejects refills: nothing was lost, or it is not covered", RefillStatus.Rejected),
        Move(verbs, "error", "Ends refills that failed: Error", RefillStatus.Error),
    };

    private static Command Move(Verbs verbs, string name, string description, RefillStatus to) => verbs.Changing<Bulk>(
        new(name, $"{description}.\n\nExample:\n  panelserver refill {name} 1-9") { Ids, BulkAnswer.Preview },
        (context, bulk) => BulkAnswer.RunAsync<int>(
            context,
            bulk,
            context.Get(Ids),
            (unit, id, now) => MoveRefill.Move(unit, id, to, Actor.Operator, now).Try(out _, out var refusal) ? id : refusal,
            refund: null,
            id => new { Refill = id, Status = StatusNames.Of(to) },
            ("REFILL", id => id),
            ("IS", _ => StatusNames.Of(to))));

    private static async Task<int> ListAsync(VerbContext context, PanelDb db)
    {
        var rows = await RequestQueries.RefillsAsync(db, VerbOptions.MaxRows);
        return context.WriteTable(
            rows,
            "no refills",
            row => new
            {
                row.Refill.Id,
                Order = row.Refill.OrderId,
                row.Reseller,
                Status = StatusNames.Of(row.Refill.Status),
                AskedAt = VerbContext.Instant(row.Refill.CreatedAt),
            },
            ("ID", row => row.Refill.Id),
            ("ORDER", row => row.Refill.OrderId),
            ("RESELLER", row => row.Reseller),
            ("STATE", row => StatusNames.Of(row.Refill.Status)),
            ("ASKED", row => VerbContext.Time(row.Refill.CreatedAt)));
    }
}
