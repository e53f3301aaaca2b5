using System.CommandLine;
using System.Globalization;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Orders;
using PanelServer.Queries;
using PanelServer.Texts;

namespace PanelServer.Cli;

/// <summary>A change of many things at once, or its preview, and how what came of it is said: each, and the sums.</summary>
internal static class BulkAnswer
{
    public static readonly Option<bool> Preview = new("--preview")
    {
        Description = "Show what would be done, what skipped and why, and what paid back; change nothing",
    };

    public static readonly Option<bool> WithProvider = new("--with-provider")
    {
        Description = "Of many, move also those that a provider has in hand; it may go on delivering them, and its cost stays",
    };

    private static readonly (string Title, Func<OrderMoved, object?> Cell)[] OrderColumns =
    [
        ("ORDER", order => order.Order),
        ("WAS", order => StatusNames.Of(order.From)),
        ("IS", order => StatusNames.Of(order.To)),
        ("REMAINS", order => order.Remains),
        ("PAID BACK", order => order.Refund),
    ];

    /// <summary>Moves orders and says what became of each.</summary>
    /// <param name="context">The verb.</param>
    /// <param name="bulk">Changes many.</param>
    /// <param name="readers">Who reads which providers have them.</param>
    /// <param name="orders">Which.</param>
    /// <param name="move">The move of one, inside a unit.</param>
    public static async Task<int> MoveOrdersAsync(
        VerbContext context,
        Bulk bulk,
        QueryReaders readers,
        OrderSelection orders,
        Func<UnitOfWork, int, long, Result<OrderMoved>> move)
    {
        var done = await bulk.RunAsync(context.Actor, orders.Ids, move, context.Get(Preview), context.Progress);
        var with = await readers.ReadAsync(db => OrderProviders.ReadAsync(db, orders.Ids));
        var exit = Say(context, orders.Ids, done, order => order.Refund, order => Json(order, with), with.Count == 0 ? OrderColumns : [.. OrderColumns, .. ColumnsOf(with)]);
        if (orders.LeftOut > 0)
        {
            context.Tell(string.Create(
                CultureInfo.InvariantCulture,
                $"left out {orders.LeftOut} that a provider has in hand; --with-provider moves them all the same"));
        }

        return orders.IsCut
            ? context.Refuse(string.Create(
                CultureInfo.InvariantCulture,
                $"these are the oldest {Bulk.MaxIds} of those chosen: run it again for the others"))
            : exit;
    }

    /// <summary>The change of one of many, which leaves out what a provider has in hand unless told otherwise.</summary>
    public static Func<UnitOfWork, int, long, Result<OrderMoved>> LeavingOutProviders(
        VerbContext context,
        OrderSelection orders,
        Func<UnitOfWork, int, long, Result<OrderMoved>> move) =>
        !orders.IsMany || context.Get(WithProvider) ? move
        : (unit, id, now) => OrderProviders.InHand(unit, id) is { } left ? left : move(unit, id, now);

    /// <summary>Says what became of orders.</summary>
    public static int SayOrders(VerbContext context, IReadOnlyList<OrderMoved> orders) =>
        context.WriteTable(orders, "", order => Json(order, []), OrderColumns);

    /// <summary>Changes many things and says what became of each.</summary>
    /// <param name="context">The verb.</param>
    /// <param name="bulk">Changes many.</param>
    /// <param name="ids">Which.</param>
    /// <param name="change">The change of one, inside a unit.</param>
    /// <param name="refund">What went back with one; below zero when so much was taken again. Null where no money moves.</param>
    /// <param name="json">One that was changed, for programs.</param>
    /// <param name="columns">The same for people.</param>
    /// <returns>Refused when one was, also in a preview.</returns>
    public static async Task<int> RunAsync<T>(
        VerbContext context,
        Bulk bulk,
        IReadOnlyList<int> ids,
        Func<UnitOfWork, int, long, Result<T>> change,
        Func<T, Money>? refund,
        Func<T, object> json,
        params (string Title, Func<T, object?> Cell)[] columns)
        where T : notnull
    {
        var done = await bulk.RunAsync(context.Actor, ids, change, context.Get(Preview), context.Progress);
        return Say(context, ids, done, refund, json, columns);
    }

    private static int Say<T>(
        VerbContext context,
        IReadOnlyList<int> ids,
        IReadOnlyList<Result<T>> done,
        Func<T, Money>? refund,
        Func<T, object> json,
        (string Title, Func<T, object?> Cell)[] columns)
        where T : notnull
    {
        var isPreview = context.Get(Preview);
        var moved = done.Where(one => one.Refusal is null).Select(one => one.Value).ToList();
        var skipped = ids.Zip(done, (id, one) => (Id: id, Why: one.Refusal)).Where(one => one.Why is not null).ToList();
        var refunds = refund is null ? [] : moved.Select(refund).ToList();
        var paidBack = Sum(refunds.Where(amount => amount > Money.Zero));
        var takenAgain = -Sum(refunds.Where(amount => amount < Money.Zero));
        if (context.IsJson)
        {
            var answer = new
            {
                Preview = isPreview,
                Moved = moved.Count,
                Skipped = skipped.Count,
                PaidBack = paidBack.ToString(),
                TakenAgain = takenAgain.ToString(),
                Each = moved.Select(json),
                Refused = skipped.Select(one => new { one.Id, Code = one.Why!.Family, Why = CommandLineTexts.Of(one.Why) }),
            };
            context.Write(answer, "");
        }
        else
        {
            SayRows(context, moved, json, columns);
            var taken = takenAgain > Money.Zero ? $", {(isPreview ? "take" : "taken")} again {takenAgain}" : "";
            var money = refund is null ? "" : $", {(isPreview ? "pay" : "paid")} back {paidBack}{taken}";
            var counts = isPreview ? $"would move {moved.Count}, skip {skipped.Count}" : $"moved {moved.Count}, skipped {skipped.Count}";
            context.Output.WriteLine($"{counts}{money}{(isPreview ? "; nothing was changed" : "")}");
        }

        skipped.ForEach(one => context.Refuse(one.Why!));
        return skipped.Count == 0 ? VerbContext.Done : VerbContext.Refused;
    }

    private static void SayRows<T>(
        VerbContext context,
        IReadOnlyList<T> rows,
        Func<T, object> json,
        (string Title, Func<T, object?> Cell)[] columns)
    {
        if (rows.Count > 0)
        {
            context.WriteTable(rows, "", json, columns);
        }
    }

    private static (string Title, Func<OrderMoved, object?> Cell)[] ColumnsOf(Dictionary<int, OrderProvider> with) =>
    [
        ("PROVIDER", order => with.GetValueOrDefault(order.Order)?.Provider),
        ("ID THERE", order => with.GetValueOrDefault(order.Order)?.UpstreamId),
        ("COST", order => with.GetValueOrDefault(order.Order)?.Cost),
    ];

    private static object Json(OrderMoved order, Dictionary<int, OrderProvider> with) => new
    {
        order.Order,
        From = StatusNames.Of(order.From),
        Status = StatusNames.Of(order.To),
        order.Remains,
        Refund = order.Refund.ToString(),
        with.GetValueOrDefault(order.Order)?.Provider,
        with.GetValueOrDefault(order.Order)?.UpstreamId,
        Cost = with.GetValueOrDefault(order.Order)?.Cost?.ToString(),
    };

    private static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, (sum, amount) => sum + amount);
}
