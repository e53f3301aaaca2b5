using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Orders;

namespace PanelServer.Cli;

/// <summary><c>order</c>: looks at orders, and fulfils them by hand.</summary>
internal static class OrderVerbs
{
    private static readonly Argument<int> Id = new("ID") { Description = "The order's id" };
    private static readonly Argument<int[]> Ids = IdArgument.Of("ID", "The orders' ids");

    private static readonly Option<long?> StartCount = new("--start-count") { HelpName = "N", Description = "The public counter at the start" };
    private static readonly Option<long> Remains = new("--remains") { HelpName = "N", Description = "What is undelivered", Required = true };

    public static Command Command(Verbs verbs) => new("order", "Orders, and fulfilling them by hand")
    {
        verbs.Reading(
            new("list", "Lists orders, the newest first.\n\nExample:\n  panelserver order list --status Pending --limit 20")
            { OrderSelection.Reseller, OrderSelection.Service, OrderSelection.Status, VerbOptions.Before, VerbOptions.Limit },
            ListAsync),
        verbs.Reading(
            new("show", "Shows an order with its timeline, every money line and all that hangs on it.\n\nExample:\n  panelserver order show 17") { Id },
            (context, db) => OrderPage.ShowAsync(context, db, context.Get(Id))),
        Choosing(verbs, "take", "Takes orders: Processing.\n\nExample:\n  panelserver order take 17-25 30", OrderStatus.Processing),
        Choosing(
            verbs,
            "start",
            "Starts orders: In progress.\n\nExample:\n  panelserver order start 17 --start-count 3572",
            OrderStatus.InProgress,
            StartCount),
        verbs.Changing<MoveOrder>(
            new("progress", "Says how far an order is.\n\nExample:\n  panelserver order progress 17 --remains 250") { Id, Remains },
            ProgressAsync),
        Choosing(
            verbs,
            "complete",
            "Completes orders: all was delivered.\n\nExample:\n  panelserver order complete --service 5 --status \"In progress\" --preview",
            OrderStatus.Completed),
        verbs.Changing<Bulk, PanelDatabase>(
            new(
                "partial",
                "Ends orders with something undelivered, which is paid back.\n\nExample:\n  panelserver order partial 17 --remains 157")
            { Ids, Remains, BulkAnswer.Preview, BulkAnswer.WithProvider },
            (context, bulk, database) => MoveAsync(context, bulk, database, OrderSelection.Of(context.Get(Ids)), OrderStatus.Partial, context.Get(Remains))),
        Choosing(
            verbs,
            "cancel",
            "Cancels orders and pays them back whole.\n\nExample:\n  panelserver order cancel --service 5 --status Pending --preview",
            OrderStatus.Canceled),
        CorrectVerb.Command(verbs),
        PauseVerbs.Pause(verbs),
        PauseVerbs.Resume(verbs),
        ForwardVerb.Command(verbs),
        ReindexVerb.Command(verbs),
    };

    /// <summary>A move of orders that are named, or chosen by what they are.</summary>
    private static Command Choosing(Verbs verbs, string name, string description, OrderStatus to, Option<long?>? startCount = null)
    {
        var command = OrderSelection.Give(new Command(name, description));
        command.Add(BulkAnswer.Preview);
        command.Add(BulkAnswer.WithProvider);
        if (startCount is not null)
        {
            command.Add(startCount);
        }

        return verbs.Changing<Bulk, PanelDatabase>(command, async (context, bulk, database) =>
            (await OrderSelection.FindAsync(context, database, to)).Try(out var orders, out var refusal)
                ? await MoveAsync(context, bulk, database, orders, to, remains: null, startCount is null ? null : context.Get(startCount))
                : context.Refuse(refusal));
    }

    private static Task<int> MoveAsync(
        VerbContext context,
        Bulk bulk,
        PanelDatabase database,
        OrderSelection orders,
        OrderStatus to,
        long? remains,
        long? startCount = null) => BulkAnswer.MoveOrdersAsync(context, bulk, database, orders, BulkAnswer.LeavingOutProviders(context, orders, (unit, id, now) => MoveOrder.Move(
            unit,
            id,
            new(to, Actor.Operator) { From = orders.From, Remains = remains, StartCount = startCount },
            now)));

    private static async Task<int> ProgressAsync(VerbContext context, MoveOrder moveOrder) =>
        (await moveOrder.ProgressAsync(context.Actor, context.Get(Id), context.Get(Remains))).Try(out var order, out var refusal)
            ? BulkAnswer.SayOrders(context, [order])
            : context.Refuse(refusal);

    private static async Task<int> ListAsync(VerbContext context, PanelDb db)
    {
        if (OrderSelection.Filter(context, db, out var orders) is { } refusal)
        {
            return context.Refuse(refusal);
        }

        var rows = await orders.Where(row => row.Id < context.Get(VerbOptions.Before)).OrderByDescending(row => row.Id)
            .Take(context.Get(VerbOptions.Limit))
            .Join(db.Resellers, order => order.ResellerId, reseller => reseller.Id, (order, reseller) => new { order, reseller.Name })
            .ToListAsync();
        var with = await OrderProviders.ReadAsync(db, [.. rows.Select(row => row.order.Id)]);
        return context.WriteTable(
            rows,
            "no orders",
            row => new
            {
                row.order.Id,
                Reseller = row.Name,
                Service = row.order.ServiceId,
                Status = StatusNames.Of(row.order.Status),
                row.order.Link,
                row.order.Quantity,
                row.order.Remains,
                Charge = (row.order.Charge - row.order.Refunded).ToString(),
                CreatedAt = VerbContext.Instant(row.order.CreatedAt),
                with.GetValueOrDefault(row.order.Id)?.Provider,
                with.GetValueOrDefault(row.order.Id)?.UpstreamId,
                Cost = with.GetValueOrDefault(row.order.Id)?.Cost?.ToString(),
            },
            ("ID", row => row.order.Id),
            ("RESELLER", row => row.Name),
            ("SERVICE", row => row.order.ServiceId),
            ("STATE", row => StatusNames.Of(row.order.Status)),
            ("QUANTITY", row => row.order.Quantity),
            ("REMAINS", row => row.order.Remains),
            ("CHARGE", row => row.order.Charge - row.order.Refunded),
            ("CREATED", row => VerbContext.Time(row.order.CreatedAt)),
            ("PROVIDER", row => with.GetValueOrDefault(row.order.Id)?.Provider),
            ("ID THERE", row => with.GetValueOrDefault(row.order.Id)?.UpstreamId),
            ("COST", row => with.GetValueOrDefault(row.order.Id)?.Cost),
            ("LINK", row => row.order.Link));
    }
}
