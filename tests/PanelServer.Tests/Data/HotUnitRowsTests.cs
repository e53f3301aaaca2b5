using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Ledger;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Idempotency;
using PanelServer.Orders;
using PanelServer.Providers.Client;
using PanelServer.Providers.Dispatch;
using PanelServer.Providers.Polling;
using PanelServer.Tests.Providers.Catalogue;
using SQLitePCL;
using static PanelServer.Tests.Providers.Catalogue.SellingPanel;

namespace PanelServer.Tests.Data;

/// <summary>
/// The tables that the hot units look at and write, in this order, are those that docs/decisions/0026 names: an engine with
/// more than one writer locks by that table. The writer's connection itself says which statements it ran.
/// </summary>
public sealed partial class HotUnitRowsTests
{
    private readonly List<string> _statements = [];
    private readonly List<string> _rows = [];
    private long _now = TimeProvider.System.GetUtcNow().AddDays(-2).ToUnixTimeMilliseconds();

    [Fact]
    public async Task The_decision_page_names_what_the_hot_units_look_at_and_write()
    {
        await using var selling = await OpenAsync();
        var panel = selling.Panel;
        await selling.ImportAsync(Listing(Theirs("1", "0.50")));
        await panel.ManageResellers.AddAsync(Actors.Operator, "shop", new(1_000L * Money.UnitsPerOne));
        await panel.Writes.RunAsync(ActorContext.System, Listen);

        await RowAsync("payment", () => panel.MakePayment.RunAsync(Actors.Operator, new("shop", TransferKind.Deposit, new(100), "cash", "ref 1")));
        var order = await AddAsync(selling, "add, with an idempotency key and a link that counts");
        var claimed = await RowAsync("claim an order", () => WriteAsync(panel, unit => new SubmitOrder().Claim(unit, DueOf(unit, WorkKind.Send), selling.Provider, _now)!));
        await RowAsync("complete a submission, accepted", () => WriteAsync(panel, unit =>
            new SubmitOrder().Complete(unit, claimed, new(SubmissionOutcome.Accepted, new()) { UpstreamId = "u1" }, _now)));
        await RowAsync("apply a status, in progress", () => ApplyAsync(selling, claimed, new() { Status = OrderStatus.InProgress, Word = "In progress", Remains = 60 }));
        await RowAsync("apply a status, Partial", () => ApplyAsync(selling, claimed, new() { Status = OrderStatus.Partial, Word = "Partial", Remains = 40 }));

        var completed = await AddAsync(selling, name: null);
        var second = await SubmitAsync(selling, "u2");
        await ApplyAsync(selling, second, new() { Status = OrderStatus.Completed, Word = "Completed", Remains = 0 });
        await RowAsync("refill", () => panel.RequestRefill.RunAsync(Actors.Reseller, 1, [completed], retry: null, _ => null));
        var taken = await AddAsync(selling, name: null);
        await SubmitAsync(selling, "u3");
        await RowAsync("cancel, of an order that a provider has", () => panel.RequestCancel.RunAsync(Actors.Reseller, 1, [taken], retry: null, _ => null));
        var queued = await AddAsync(selling, name: null);
        await RowAsync("cancel, of an order that nobody has", () => panel.RequestCancel.RunAsync(Actors.Reseller, 1, [queued], retry: null, _ => null));

        var page = await File.ReadAllTextAsync(Repository.PathOf("docs/decisions/0026-the-border-of-the-engine.md"));
        Assert.True(_rows.TrueForAll(row => page.Contains(row, StringComparison.Ordinal)), string.Join(Environment.NewLine, _rows));
        Assert.Equal((OrderStatus.Partial, OrderStatus.Completed), (StatusOf(panel, order), StatusOf(panel, completed)));
    }

    private static OrderStatus StatusOf(Panel panel, int order) => panel.ReadOrders.One(1, order)!.Status;

    private static ScheduledWork DueOf(UnitOfWork unit, WorkKind kind)
    {
        var row = unit.Db.Due.Single(due => due.Kind == kind);
        return new(row.Kind, row.Subject, row.OrderId, row.At, row.Attempts);
    }

    private async Task<int> AddAsync(SellingPanel selling, string? name)
    {
        var service = selling.Service(1) with { Provider = selling.Provider, DenyDuplicates = true };
        var order = new OrderToPlace(1, service, service.Rate, new OrderDetails { Link = $"https://example.com/{_rows.Count}", Quantity = 100 });
        var placing = () => selling.Panel.PlaceOrder.RunAsync(
            Actors.Reseller, order, new IdempotencyKey(1, $"key {_rows.Count} {name}", new byte[32]), _ => [1]);
        return (await (name is null ? placing() : RowAsync(name, placing))).Outcome.Value;
    }

    private async Task<ClaimedSubmission> SubmitAsync(SellingPanel selling, string upstreamId)
    {
        var claimed = await WriteAsync(selling.Panel, unit => new SubmitOrder().Claim(unit, DueOf(unit, WorkKind.Send), selling.Provider, _now)!);
        await WriteAsync(selling.Panel, unit => new SubmitOrder().Complete(unit, claimed, new(SubmissionOutcome.Accepted, new()) { UpstreamId = upstreamId }, _now));
        return claimed;
    }

    private Task<bool> ApplyAsync(SellingPanel selling, ClaimedSubmission claimed, UpstreamOrder said) => WriteAsync(selling.Panel, unit =>
    {
        var poll = new PollDue(DueOf(unit, WorkKind.Order), claimed.Id, "u", 100, claimed.UpstreamService, _now);
        ApplyOrderStatus.Apply(unit, selling.Panel.Upstream.All()[0], poll, said, _now);
        return true;
    });

    private Task<T> WriteAsync<T>(Panel panel, Func<UnitOfWork, T> work) => panel.Writes.RunAsync(ActorContext.System, unit =>
    {
        _now++;
        return work(unit);
    });

    /// <summary>Runs a unit and writes down its row of the page.</summary>
    private async Task<T> RowAsync<T>(string name, Func<Task<T>> unit)
    {
        _statements.Clear();
        var outcome = await unit();
        var looked = Tables(Looked());
        var written = Tables(Written());
        _rows.Add($"| {name} | {string.Join(", ", looked)} | {string.Join(", ", written)} |");
        return outcome;
    }

    private IEnumerable<string> Tables(Regex table) => _statements
        .SelectMany(statement => table.Matches(statement).Select(match => $"`{match.Groups["table"].Value}`"))
        .Distinct();

    /// <summary>Lets the connection of the writer write down each statement it runs.</summary>
    private bool Listen(UnitOfWork unit)
    {
        var connection = (SqliteConnection)typeof(UnitOfWork).GetField("_connection", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(unit)!;
        raw.sqlite3_trace(connection.Handle, (_, statement) => _statements.Add(statement), null);
        return true;
    }

    [GeneratedRegex("""\b(FROM|JOIN|UPDATE(?! SET)) "?(?<table>\w+)""")]
    private static partial Regex Looked();

    [GeneratedRegex("""\b(INSERT INTO|UPDATE(?! SET)|DELETE FROM) "?(?<table>\w+)""")]
    private static partial Regex Written();
}
