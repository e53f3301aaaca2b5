using FsCheck;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Orders;
using PanelServer.Ledger;
using PanelServer.Orders;
using Xunit.Abstractions;

namespace PanelServer.Tests.Orders;

/// <summary>
/// Whatever is ordered, taken back, filled in, emptied and listed in whatever order: a page of a reseller's orders by the
/// side index is the page that the orders themselves give (docs/decisions/0017).
/// </summary>
public sealed class SideIndexTests(ITestOutputHelper log) : IDisposable
{
    private const int Sequences = 100;
    private const int MaxSequence = 30;
    private const int Resellers = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("side-index-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private enum Deed
    {
        Order,
        OrderTakenBack,
        Fill,
        FillTakenBack,
        Distrust,
    }

    /// <summary>Something that happens, and a page that is asked for after it.</summary>
    private sealed record Step(Deed Deed, int Reseller, int Rows, int Below, int Length);

    [Fact]
    public async Task A_page_by_the_index_is_the_page_of_the_orders_themselves()
    {
        // Another one each time; it is printed, and put here it plays the same again.
        var seed = (ulong)Environment.TickCount64;
        log.WriteLine($"seed {seed}");
        var step = from deed in Gen.Frequency(
                       (12, Gen.Constant(Deed.Order)),
                       (2, Gen.Constant(Deed.OrderTakenBack)),
                       (6, Gen.Constant(Deed.Fill)),
                       (2, Gen.Constant(Deed.FillTakenBack)),
                       (1, Gen.Constant(Deed.Distrust)))
                   from reseller in Gen.Choose(1, Resellers)
                   from rows in Gen.Choose(1, 9)
                   from below in Gen.Choose(-2, 40)
                   from length in Gen.Choose(1, 12)
                   select new Step(deed, reseller, rows, below, length);
        await using var panel = await OpenSandbox.InAsync(_folder);
        await panel.Writes.RunAsync(ActorContext.System, FromTheFirstId);
        await using var db = panel.Database.OpenReadingDb();
        var (filled, newest) = (0, 0);

        foreach (var steps in step.ListOf().Sample(Sequences, new Rnd(seed), MaxSequence))
        {
            foreach (var one in steps)
            {
                newest = await DoAsync(panel, one, newest);
                AssertPage(db, one, before: newest - one.Below);
                AssertWatermark(db);
            }

            filled = Math.Max(filled, db.Panel.Select(row => row.OrdersIndexed).First());
        }

        log.WriteLine($"{newest} orders, filled up to {filled}");
        Assert.True(newest > 500 && filled > 50, "a test in which nothing happens would prove nothing");
    }

    [Fact]
    public async Task It_is_filled_by_whole_units_and_made_anew_by_a_verb()
    {
        await using var panel = await OpenSandbox.InAsync(_folder);
        await panel.Writes.RunAsync(ActorContext.System, FromTheFirstId);
        await panel.Writes.RunAsync(ActorContext.System, unit => InsertMany(unit, IndexOrders.UnitOrders - 1));
        Assert.False(await panel.IndexOrders.RunOnceAsync());
        await panel.Writes.RunAsync(ActorContext.System, unit => InsertMany(unit, IndexOrders.UnitOrders + 2));

        Assert.True(await panel.IndexOrders.RunOnceAsync());
        Assert.True(await panel.IndexOrders.RunOnceAsync());
        Assert.False(await panel.IndexOrders.RunOnceAsync());
        Assert.Equal(2_000, Watermark(panel));

        Change(panel, "DELETE FROM reseller_orders WHERE order_id = 17; INSERT INTO reseller_orders VALUES (2, 18)");
        Assert.Contains("order 17: not in the index of its reseller's orders", new Verify(panel.Database).Run());
        Assert.Equal(2_001, await panel.IndexOrders.RebuildAsync(new Progress<double>()));

        Assert.Equal(2_000, Watermark(panel));
        Assert.DoesNotContain(new Verify(panel.Database).Run(), line => line.Contains("index", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_row_too_many_is_found()
    {
        await using var panel = await OpenSandbox.InAsync(_folder);
        Change(panel, "INSERT INTO reseller_orders VALUES (2, 18)");

        Assert.Contains("the index of resellers' orders has 1 rows for 0 orders", new Verify(panel.Database).Run());
    }

    private static async Task<int> DoAsync(Panel panel, Step step, int newest)
    {
        switch (step.Deed)
        {
            case Deed.Order:
                return await panel.Writes.RunAsync(ActorContext.System, unit => Insert(unit, step.Reseller));
            case Deed.OrderTakenBack:
                await panel.Writes.PreviewAsync(ActorContext.System, unit => Insert(unit, step.Reseller));
                return newest;
            case Deed.Fill:
                await panel.Writes.RunAsync(ActorContext.System, unit => unit.SideIndex.Step(step.Rows));
                return newest;
            case Deed.FillTakenBack:
                await panel.Writes.PreviewAsync(ActorContext.System, unit => Insert(unit, step.Reseller) > 0 && unit.SideIndex.Step(step.Rows));
                return newest;
            case Deed.Distrust:
                await panel.Writes.RunAsync(ActorContext.System, unit => unit.SideIndex.Distrust());
                return newest;
        }

        throw new InvalidOperationException($"{step.Deed}");
    }

    private static void AssertPage(PanelDb db, Step step, int before)
    {
        IEnumerable<int> Page(IQueryable<OrderRow> orders) =>
            orders.Where(row => row.Id < before).OrderByDescending(row => row.Id).Take(step.Length).Select(row => row.Id).ToList();
        IEnumerable<OrderRow> Oldest(IQueryable<OrderRow> orders) => orders.OrderBy(row => row.Id).Take(step.Length).ToList();

        var plain = db.Orders.Where(row => row.ResellerId == step.Reseller);
        Assert.Equal(Page(plain), Page(db.OrdersOf(step.Reseller)));
        Assert.Equal(Oldest(plain), Oldest(db.OrdersOf(step.Reseller)));
    }

    /// <summary>Up to the watermark the index has each order once; a fill that was cut off has left nothing.</summary>
    private static void AssertWatermark(PanelDb db)
    {
        var watermark = db.Panel.Select(row => row.OrdersIndexed).First();
        if (watermark < 0)
        {
            return;
        }

        Assert.Equal(
            db.Orders.Where(row => row.Id <= watermark).OrderBy(row => row.Id).Select(row => row.Id).ToList(),
            db.ResellerOrders.OrderBy(row => row.OrderId).Select(row => row.OrderId).ToList());
    }

    private static int Watermark(Panel panel)
    {
        using var db = panel.Database.OpenReadingDb();
        return db.Panel.Select(row => row.OrdersIndexed).First();
    }

    private static int FromTheFirstId(UnitOfWork unit) => unit.Db.Panel.ExecuteUpdate(set => set.SetProperty(row => row.NextOrderId, 1));

    private static int InsertMany(UnitOfWork unit, int count)
    {
        var last = 0;
        for (var at = 0; at < count; at++)
        {
            last = Insert(unit, 1 + (at % Resellers));
        }

        return last;
    }

    private static int Insert(UnitOfWork unit, int reseller)
    {
        var id = unit.OrderIds.Take();
        unit.Orders.Insert(new()
        {
            Id = id,
            Reseller = reseller,
            Service = 1,
            Type = 1,
            Status = OrderStatus.Pending,
            Quantity = 100,
            Rate = new(0),
            Charge = Money.Zero,
            At = 0,
        });
        return id;
    }

    private static void Change(Panel panel, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={panel.Database.Path};Pooling=False");
        connection.Open();
        PanelDatabase.Execute(connection, sql);
    }
}
