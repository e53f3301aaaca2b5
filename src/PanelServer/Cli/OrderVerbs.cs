using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Ledger;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Orders;

namespace PanelServer.Cli;

/// <summary><c>order</c>: looks at orders, and fulfils them by hand.</summary>
internal static class OrderVerbs
{
    private static readonly Argument<int> Id = new("ID") { Description = "The order's id" };
    private static readonly Argument<int[]> Ids = new("ID")
    {
        Description = "The orders' ids",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<long?> StartCount = new("--start-count") { HelpName = "N", Description = "The public counter at the start" };
    private static readonly Option<long> Remains = new("--remains") { HelpName = "N", Description = "What is undelivered", Required = true };
    private static readonly Option<string?> Reseller = new("--reseller") { HelpName = "NAME", Description = "Only this reseller's" };
    private static readonly Option<string?> Status = new("--status") { HelpName = "STATE", Description = "Only in this state, such as Pending" };
    private static readonly Option<int> Before = new("--before")
    {
        HelpName = "ID",
        Description = "Only below this id, for the next page",
        DefaultValueFactory = _ => int.MaxValue,
    };

    private static readonly Option<int> Most = new("--limit") { HelpName = "N", Description = "So many at the most", DefaultValueFactory = _ => 50 };

    public static Command Command(Verbs verbs) => new("order", "Orders, and fulfilling them by hand")
    {
        verbs.Reading(
            new("list", "Lists orders, the newest first.\n\nExample:\n  panelserver order list --status Pending --limit 20")
            { Reseller, Status, Before, Most },
            ListAsync),
        verbs.Reading(new("show", "Shows an order with its timeline and every money line") { Id }, ShowAsync),
        Move(verbs, "take", "Takes orders: Processing", OrderStatus.Processing),
        Move(verbs, "start", "Starts orders: In progress", OrderStatus.InProgress, StartCount),
        verbs.Changing(
            new("progress", "Says how far an order is.\n\nExample:\n  panelserver order progress 17 --remains 250") { Id, Remains },
            async (context, panel) => Say(context, [await panel.MoveOrder.ProgressAsync(context.Get(Id), context.Get(Remains))])),
        Move(verbs, "complete", "Completes orders: all was delivered", OrderStatus.Completed),
        Move(verbs, "partial", "Ends orders with something undelivered, which is paid back", OrderStatus.Partial, Remains),
        Move(verbs, "cancel", "Cancels orders and pays them back whole", OrderStatus.Canceled),
    };

    private static Command Move(Verbs verbs, string name, string description, OrderStatus to, Option? more = null)
    {
        var command = new Command(name, description) { Ids };
        if (more is not null)
        {
            command.Add(more);
        }

        return verbs.Changing(command, async (context, panel) =>
        {
            var done = new List<Result<OrderMoved>>();
            foreach (var id in context.Get(Ids).Distinct())
            {
                done.Add(await panel.MoveOrder.RunAsync(new OrderMove(id, to, Actor.Operator)
                {
                    StartCount = more == StartCount ? context.Get(StartCount) : null,
                    Remains = more == Remains ? context.Get(Remains) : null,
                }));
            }

            return Say(context, done);
        });
    }

    /// <summary>Says what became of each; refused when one was.</summary>
    public static int Say(VerbContext context, IReadOnlyList<Result<OrderMoved>> done)
    {
        var moved = done.Where(one => one.Refusal is null).Select(one => one.Value).ToList();
        if (moved.Count > 0)
        {
            context.SayRows(
                moved,
                "",
                order => new
                {
                    order.Order,
                    From = StatusNames.Of(order.From),
                    Status = StatusNames.Of(order.To),
                    order.Remains,
                    Refund = order.Refund.ToString(),
                },
                ("ORDER", order => order.Order),
                ("WAS", order => StatusNames.Of(order.From)),
                ("IS", order => StatusNames.Of(order.To)),
                ("REMAINS", order => order.Remains),
                ("PAID BACK", order => order.Refund));
        }

        var refused = done.Where(one => one.Refusal is not null).ToList();
        refused.ForEach(one => context.Refuse(one.Refusal!));
        return refused.Count == 0 ? VerbContext.Done : VerbContext.Refused;
    }

    private static async Task<int> ListAsync(VerbContext context, PanelDb db)
    {
        const int MostRows = 1_000;
        var orders = db.Orders.Where(row => row.Id < context.Get(Before));
        if (context.Get(Reseller) is { } name)
        {
            if (await db.Resellers.FirstOrDefaultAsync(row => row.Name == name) is not { } reseller)
            {
                return context.Refuse(Ledger.ResellerRefusal.Unknown(name));
            }

            orders = orders.Where(row => row.ResellerId == reseller.Id);
        }

        if (context.Get(Status) is { } state)
        {
            var known = Enum.GetValues<OrderStatus>()
                .Where(status => StatusNames.Of(status).Equals(state, StringComparison.OrdinalIgnoreCase))
                .ToList();
            if (known.Count == 0)
            {
                return context.Refuse($"{state} is not a state: {string.Join(", ", Enum.GetValues<OrderStatus>().Select(StatusNames.Of))}");
            }

            orders = orders.Where(row => row.Status == known[0]);
        }

        var rows = await orders.OrderByDescending(row => row.Id).Take(Math.Clamp(context.Get(Most), 1, MostRows))
            .Join(db.Resellers, order => order.ResellerId, reseller => reseller.Id, (order, reseller) => new { order, reseller.Name })
            .ToListAsync();
        return context.SayRows(
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
            },
            ("ID", row => row.order.Id),
            ("RESELLER", row => row.Name),
            ("SERVICE", row => row.order.ServiceId),
            ("STATE", row => StatusNames.Of(row.order.Status)),
            ("QUANTITY", row => row.order.Quantity),
            ("REMAINS", row => row.order.Remains),
            ("CHARGE", row => row.order.Charge - row.order.Refunded),
            ("CREATED", row => VerbContext.Time(row.order.CreatedAt)),
            ("LINK", row => row.order.Link));
    }

    private static async Task<int> ShowAsync(VerbContext context, PanelDb db)
    {
        var id = context.Get(Id);
        if (await db.Orders.FirstOrDefaultAsync(row => row.Id == id) is not { } order)
        {
            return context.Refuse(OrderRefusal.Unknown(id));
        }

        var reseller = (await db.Resellers.FirstAsync(row => row.Id == order.ResellerId)).Name;
        var service = ServiceReading.Of(await db.Services.FirstAsync(row => row.Id == order.ServiceId));
        var moves = await db.OrderMoves.Where(row => row.OrderId == id).OrderBy(row => row.Version).ToListAsync();
        var transfers = await db.Transfers
            .Where(row => row.Subject == id && (row.Kind == TransferKind.Charge || row.Kind == TransferKind.Refund))
            .ToListAsync();
        var timeline = transfers
            .Select(transfer => (transfer.At, Order: transfer.Kind == TransferKind.Charge ? 1 : (2 * transfer.Version) + 3, Text: transfer.Kind == TransferKind.Charge
                ? $"charged {transfer.Amount} to {reseller}"
                : $"paid back {transfer.Amount} to {reseller}"))
            .Concat(moves.Select(move => (
                move.At,
                Order: (2 * move.Version) + 2,
                Text: string.Create(
                    CultureInfo.InvariantCulture,
                    $"{StatusNames.Of(move.FromStatus)} → {StatusNames.Of(move.ToStatus)}, remains {move.Remains}, by {move.Actor}{(move.Note is null ? "" : $": {move.Note}")}"))))
            .Prepend((At: order.CreatedAt, Order: 0, Text: "placed"))
            .OrderBy(line => line.At)
            .ThenBy(line => line.Order)
            .ToList();
        var lines = new List<string>
        {
            $"order {order.Id} of {reseller}: {StatusNames.Of(order.Status)}",
            $"  service {service.Id} {service.Name} ({ServiceType.Of(order.Type).Name}) at {order.Rate}",
            $"  link {order.Link ?? "-"}, quantity {order.Quantity}, remains {order.Remains}, start count {order.StartCount}",
            $"  charged {order.Charge}, paid back {order.Refunded}, kept {order.Charge - order.Refunded}",
        };
        if (order.Details is not null)
        {
            lines.Add($"  details {order.Details}");
        }

        lines.AddRange(timeline.Select(line => $"  {VerbContext.Time(line.At)}  {line.Text}"));
        return context.Say(
            new
            {
                order.Id,
                Reseller = reseller,
                Service = service.Id,
                Type = ServiceType.Of(order.Type).Name,
                Status = StatusNames.Of(order.Status),
                order.Link,
                order.Details,
                order.Quantity,
                order.Remains,
                order.StartCount,
                Rate = order.Rate.ToString(),
                Charge = order.Charge.ToString(),
                Refunded = order.Refunded.ToString(),
                Timeline = timeline.Select(line => new { At = VerbContext.Instant(line.At), line.Text }),
            },
            string.Join(Environment.NewLine, lines));
    }
}
