using Microsoft.Data.Sqlite;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Texts;

namespace PanelServer.Tests.Data;

/// <summary>A change of many things is cut into units, and says of each what became of it, also when the engine fails half-way.</summary>
public sealed class BulkUnitsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bulk-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_is_not_reached_is_refused_and_what_was_done_stays()
    {
        await using var panel = await OpenSandbox.InAsync(_folder);
        var ids = Enumerable.Range(1, Bulk.UnitIds + 3).ToList();
        var shares = new List<double>();

        var done = await panel.Bulk.RunAsync<int>(
            Actors.Operator,
            ids,
            (unit, id, now) =>
            {
                Audit.Write(unit, now, "bulk", $"{id}", "");
                return id > Bulk.UnitIds ? throw new SqliteException("disk I/O error", 10) : id;
            },
            isPreview: false,
            new Shares(shares));

        Assert.Equal(ids[..Bulk.UnitIds], done.Where(one => one.Refusal is null).Select(one => one.Value));
        Assert.Equal(
            ids[Bulk.UnitIds..].Select(id => $"{id} was not reached, nothing of it was changed: the database refused the batch"),
            done.Where(one => one.Refusal is not null).Select(one => CommandLineTexts.Of(one.Refusal!)));
        Assert.Equal([(double)Bulk.UnitIds / ids.Count], shares);
        await using var db = panel.Database.OpenReadingDb();
        Assert.Equal(Bulk.UnitIds, db.Audit.Count(row => row.Action == "bulk"));
    }

    [Fact]
    public async Task A_failure_at_the_beginning_is_the_caller_s()
    {
        await using var panel = await OpenSandbox.InAsync(_folder);

        await Assert.ThrowsAsync<WritesUnavailableException>(() => panel.Bulk.RunAsync<int>(
            Actors.Operator,
            [1, 2],
            (_, _, _) => throw new SqliteException("disk I/O error", 10),
            isPreview: false,
            new Shares([])));
    }

    [Fact]
    public async Task An_order_that_has_left_the_state_it_was_chosen_by_stays_as_it_is()
    {
        await using var panel = await OpenSandbox.InAsync(_folder);
        var order = await panel.PlaceOrder.RunAsync(
            Actors.Reseller,
            new(1, panel.Services.Get().Sold(1)!, new Rate(90_000_000), new() { Link = "https://example.com/p", Quantity = 100 }),
            retry: null,
            _ => null);
        await panel.MoveOrder.RunAsync(Actors.Operator, order.Outcome.Value, new(OrderStatus.InProgress, Actor.Operator));

        var moved = await panel.MoveOrder.RunAsync(
            Actors.Operator,
            order.Outcome.Value,
            new(OrderStatus.Canceled, Actor.Operator) { From = OrderStatus.Pending });

        Assert.Equal("order 23501 is In progress by now, no longer Pending", CommandLineTexts.Of(moved.Refusal!));
        Assert.Equal(OrderStatus.InProgress, panel.ReadOrders.One(1, order.Outcome.Value)!.Status);
    }

    private sealed class Shares(List<double> told) : IProgress<double>
    {
        public void Report(double value) => told.Add(value);
    }
}
