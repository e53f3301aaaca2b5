using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using PanelServer.Catalogue;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Ledger;

namespace PanelServer.Cli;

/// <summary>Orders that a verb is about: named by their ids, or chosen by what they are.</summary>
/// <param name="Ids">Which, the oldest first where they were chosen.</param>
/// <param name="From">The state they were chosen by; they move only while they are in it.</param>
/// <param name="LeftOut">How many were not chosen because a provider has them in hand.</param>
/// <param name="IsCut">Whether more could be chosen than may be changed at once.</param>
internal sealed record OrderSelection(IReadOnlyList<int> Ids, OrderStatus? From, int LeftOut, bool IsCut)
{
    public static readonly Option<string?> Reseller = new("--reseller") { HelpName = "NAME", Description = "Only this reseller's" };
    public static readonly Option<string?> Status = new("--status") { HelpName = "STATE", Description = "Only in this state, such as Pending" };
    public static readonly Option<int?> Service = new("--service") { HelpName = "ID", Description = "Only of this service" };

    private static readonly Argument<int[]> Named = IdArgument.Of("ID", "The orders' ids", isNeeded: false);

    /// <summary>Orders that were named.</summary>
    public static OrderSelection Of(IReadOnlyList<int> ids) => new(ids, From: null, LeftOut: 0, IsCut: false);

    /// <summary>Whether it is a change of many; whoever names one order means it.</summary>
    public bool IsMany => Ids.Count != 1 || IsChosen;

    /// <summary>Whether they were chosen by what they are.</summary>
    public bool IsChosen { get; private init; }

    /// <summary>Gives a command ids, or the options that choose orders in their place.</summary>
    public static Command Give(Command command)
    {
        Option[] filters = [Status, Service, Reseller];
        command.Add(Named);
        foreach (var filter in filters)
        {
            command.Add(filter);
        }

        command.Validators.Add(given =>
        {
            var isNamed = given.GetResult(Named) is { Tokens.Count: > 0 };
            var isChosen = filters.Any(filter => given.GetResult(filter) is { Implicit: false });
            if (isNamed == isChosen)
            {
                given.AddError("Name the orders by ids, or choose them by --status, --service, --reseller: one of the two.");
            }
        });
        return command;
    }

    /// <summary>Finds the orders that a verb is about.</summary>
    /// <param name="context">The verb, with the options of <see cref="Give"/>.</param>
    /// <param name="database">Where they are.</param>
    /// <param name="to">
    /// The state they are to reach. Unless a state is named, those are chosen that have a move to it. A run whose
    /// drip-feed is chosen is canceled with it; otherwise runs are chosen, and not their parents.
    /// </param>
    public static async Task<Result<OrderSelection>> FindAsync(VerbContext context, PanelDatabase database, OrderStatus to)
    {
        if (context.Get(Named) is { Length: > 0 } named)
        {
            return Of(named);
        }

        await using var db = database.OpenReadingDb();
        if (Filter(context, db, out var orders) is { } refusal)
        {
            return refusal;
        }

        var from = context.Get(Status) is { } state ? StateOf(state).Value : (OrderStatus?)null;
        if (from is null)
        {
            var movable = Enum.GetValues<OrderStatus>()
                .Where(status => Enum.GetValues<OrderKind>().Any(kind => OrderLifecycle.Of(kind).Allows(status, to, Actor.Operator)))
                .ToList();
            orders = orders.Where(row => movable.Contains(row.Status));
        }

        var chosen = to == OrderStatus.Canceled
            ? orders.Where(row => !orders.Any(parent => parent.Id == row.ParentId && parent.Runs != null))
            : orders.Where(row => row.Runs == null && row.Type != ServiceType.Subscriptions.Id);
        var leftOut = 0;
        if (!context.Get(BulkAnswer.WithProvider))
        {
            var free = OrderProviders.InNoHand(db, chosen);
            leftOut = await chosen.CountAsync() - await free.CountAsync();
            chosen = free;
        }

        var ids = await chosen.OrderBy(row => row.Id).Select(row => row.Id).Take(Bulk.MaxIds + 1).ToListAsync();
        return new OrderSelection([.. ids.Take(Bulk.MaxIds)], from, leftOut, ids.Count > Bulk.MaxIds) { IsChosen = true };
    }

    /// <summary>The orders that the options choose.</summary>
    /// <returns>Why there are none; null when they can be looked for.</returns>
    public static Refusal? Filter(VerbContext context, PanelDb db, out IQueryable<OrderRow> orders)
    {
        orders = db.Orders;
        if (context.Get(Reseller) is { } name)
        {
            if (db.Resellers.FirstOrDefault(row => row.Name == name) is not { } reseller)
            {
                return ResellerRefusal.Unknown(name);
            }

            orders = db.OrdersOf(reseller.Id);
        }

        if (context.Get(Service) is { } service)
        {
            if (!db.Services.Any(row => row.Id == service))
            {
                return ManageServices.Unknown(service);
            }

            orders = orders.Where(row => row.ServiceId == service);
        }

        if (context.Get(Status) is { } state)
        {
            if (!StateOf(state).Try(out var status, out var refusal))
            {
                return refusal;
            }

            orders = orders.Where(row => row.Status == status);
        }

        return null;
    }

    private static Result<OrderStatus> StateOf(string state)
    {
        var known = Enum.GetValues<OrderStatus>();
        var at = Array.FindIndex(known, status => StatusNames.Of(status).Equals(state, StringComparison.OrdinalIgnoreCase));
        return at >= 0
            ? known[at]
            : new Refusal("unknown_state", $"{state} is not a state: {string.Join(", ", known.Select(StatusNames.Of))}");
    }
}
