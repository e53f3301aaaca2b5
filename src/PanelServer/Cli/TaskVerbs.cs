using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Cancels;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Refills;

namespace PanelServer.Cli;

/// <summary><c>task</c>: everything that waits for whoever fulfils orders, the longest waiting first.</summary>
internal static class TaskVerbs
{
    private const int MostRows = 1_000;

    private sealed record Waiting(string Kind, int Id, int Order, string State, long Since);

    public static Command Command(Verbs verbs) => new("task", "What waits for whoever fulfils")
    {
        verbs.Reading(new("list", "Lists orders to take or to end, refills to do and cancel requests to answer"), ListAsync),
    };

    private static async Task<int> ListAsync(VerbContext context, PanelDb db)
    {
        var orders = await db.Orders
            .Where(row => row.Status == OrderStatus.Pending || row.Status == OrderStatus.Processing || row.Status == OrderStatus.InProgress)
            .OrderBy(row => row.CreatedAt).Take(MostRows).ToListAsync();
        var refills = await db.Refills
            .Where(row => row.Status == RefillStatus.Pending || row.Status == RefillStatus.InProgress)
            .OrderBy(row => row.CreatedAt).Take(MostRows).ToListAsync();
        var cancels = await db.Cancels.Where(row => row.Status == CancelStatus.Open)
            .OrderBy(row => row.CreatedAt).Take(MostRows).ToListAsync();
        List<Waiting> waiting =
        [
            .. orders.Select(row => new Waiting("order", row.Id, row.Id, StatusNames.Of(row.Status), row.CreatedAt)),
            .. refills.Select(row => new Waiting("refill", row.Id, row.OrderId, StatusNames.Of(row.Status), row.CreatedAt)),
            .. cancels.Select(row => new Waiting("cancel", row.OrderId, row.OrderId, "asked", row.CreatedAt)),
        ];
        return context.SayRows(
            [.. waiting.OrderBy(task => task.Since).Take(MostRows)],
            "nothing waits",
            task => new { task.Kind, task.Id, task.Order, task.State, Since = VerbContext.Instant(task.Since) },
            ("TASK", task => task.Kind),
            ("ID", task => task.Id),
            ("ORDER", task => task.Order),
            ("STATE", task => task.State),
            ("SINCE", task => VerbContext.Time(task.Since)));
    }
}
