using System.CommandLine;
using System.Globalization;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Orders;
using PanelServer.Queries;

namespace PanelServer.Cli;

/// <summary><c>order</c>: looks at orders, and fulfils them by hand.</summary>
internal static class OrderVerbs
{
    private static readonly Argument<int> Id = new("ID") { Description = "The order's id" };
    private static readonly Argument<int[]> Ids = IdArgument.Of("ID", "The orders' ids");

    private static readonly Option<long?> StartCount = new("--start-count") { HelpName = "N", Description = "The public counter at the start" };
    private static readonly Option<long> Remains = new("--remains") { HelpName = "N", Description = "What is undelivered", Required = true };

    private static readonly Option<string?> Provider = new("--provider") { HelpName = "NAME", Description = "Only those that this provider has taken" };

    private static readonly Option<string?> Search = new("--search")
    {
        HelpName = "TEXT",
        Description = "Only these ids, yours or a provider's, or links with this in them",
    };

    public static Command Command(Verbs verbs) => new("order", "Orders, and fulfilling them by hand")
    {
        verbs.Reading(
            new("list", "Lists orders, the newest first.\n\nExample:\n  panelserver order list --status Pending --limit 20")
            {
                OrderSelection.Reseller, OrderSelection.Service, OrderSelection.Status, Provider, VerbOptions.From, VerbOptions.To, Search,
                VerbOptions.Before, VerbOptions.Limit,
            },
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
        verbs.Changing<Bulk, QueryReaders>(
            new(
                "partial",
                "Ends orders with something undelivered, which is paid back.\n\nExample:\n  panelserver order partial 17 --remains 157")
            { Ids, Remains, BulkAnswer.Preview, BulkAnswer.WithProvider },
            (context, bulk, readers) => MoveAsync(context, bulk, readers, OrderSelection.Of(context.Get(Ids)), OrderStatus.Partial, context.Get(Remains))),
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

        return verbs.Changing<Bulk, QueryReaders>(command, async (context, bulk, readers) =>
            (await OrderSelection.FindAsync(context, readers, to)).Try(out var orders, out var refusal)
                ? await MoveAsync(context, bulk, readers, orders, to, remains: null, startCount is null ? null : context.Get(startCount))
                : context.Refuse(refusal));
    }

    private static Task<int> MoveAsync(
        VerbContext context,
        Bulk bulk,
        QueryReaders readers,
        OrderSelection orders,
        OrderStatus to,
        long? remains,
        long? startCount = null) => BulkAnswer.MoveOrdersAsync(context, bulk, readers, orders, BulkAnswer.LeavingOutProviders(context, orders, (unit, id, now) => MoveOrder.Move(
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
        var filter = new OrderFilter
        {
            Reseller = context.Get(OrderSelection.Reseller),
            State = context.Get(OrderSelection.Status),
            Service = context.Get(OrderSelection.Service),
            Provider = context.Get(Provider),
            From = context.Get(VerbOptions.From),
            To = context.Get(VerbOptions.To),
            Search = context.Get(Search),
        };
        if (!(await OrderQueries.ListAsync(db, filter, VerbOptions.PageOf(context))).Try(out var page, out var refusal))
        {
            return context.Refuse(refusal);
        }

        if (page.LookedBackTo is { } oldest)
        {
            context.Tell(string.Create(CultureInfo.InvariantCulture, $"looked back as far as order {oldest}; --before {oldest} looks further"));
        }

        return context.WriteTable(
            page.Items,
            "no orders",
            row => new
            {
                row.Order.Id,
                row.Reseller,
                Service = row.Order.ServiceId,
                Status = StatusNames.Of(row.Order.Status),
                row.Order.Link,
                row.Order.Quantity,
                row.Order.Remains,
                Charge = (row.Order.Charge - row.Order.Refunded).ToString(),
                CreatedAt = VerbContext.Instant(row.Order.CreatedAt),
                row.Provider?.Provider,
                row.Provider?.UpstreamId,
                Cost = row.Provider?.Cost?.ToString(),
            },
            ("ID", row => row.Order.Id),
            ("RESELLER", row => row.Reseller),
            ("SERVICE", row => row.Order.ServiceId),
            ("STATE", row => StatusNames.Of(row.Order.Status)),
            ("QUANTITY", row => row.Order.Quantity),
            ("REMAINS", row => row.Order.Remains),
            ("CHARGE", row => row.Order.Charge - row.Order.Refunded),
            ("CREATED", row => VerbContext.Time(row.Order.CreatedAt)),
            ("PROVIDER", row => row.Provider?.Provider),
            ("ID THERE", row => row.Provider?.UpstreamId),
            ("COST", row => row.Provider?.Cost),
            ("LINK", row => row.Order.Link));
    }
}
