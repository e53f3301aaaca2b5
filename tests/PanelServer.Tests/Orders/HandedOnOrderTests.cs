using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Ledger;
using PanelServer.Orders;
using PanelServer.Sandbox;

namespace PanelServer.Tests.Orders;

/// <summary>A unit reads an order once and hands it on: what a step returns is the order as it is stored then.</summary>
public sealed class HandedOnOrderTests : IAsyncLifetime
{
    private const int Rich = 2;

    private readonly string _folder = Directory.CreateTempSubdirectory("handed-on-test-").FullName;
    private Panel _panel = null!;

    public async Task InitializeAsync() => _panel = await OpenSandbox.InAsync(_folder);

    public async Task DisposeAsync()
    {
        Assert.Empty(new Verify(_panel.Database).Run());
        await _panel.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_plain_order_is_as_each_step_returns_it()
    {
        var id = await PlaceAsync(new() { Link = "https://example.com/p", Quantity = 1_000 });
        await _panel.Writes.RunAsync(Actors.Provider, unit =>
        {
            var order = unit.Orders.Find(id)!;
            order = Stored(unit, ApplyProviderStatus.Apply(unit, order, new(OrderStatus.Processing, null, null), 1));
            order = Stored(unit, ApplyProviderStatus.Apply(unit, order, new(OrderStatus.InProgress, 700, 5), 2));
            order = Stored(unit, ApplyProviderStatus.Apply(unit, order, new(OrderStatus.InProgress, 600, 5), 3));
            order = Stored(unit, ApplyProviderStatus.Apply(unit, order, new(OrderStatus.InProgress, 600, 5), 4));
            Assert.Equal(3, order.UpdatedAt);
            order = Stored(unit, MoveOrder.Progress(unit, order, 500, null, 5).Value);
            order = Stored(unit, ApplyProviderStatus.Apply(unit, order, new(OrderStatus.Partial, 157, null), 6));
            order = Stored(unit, ApplyProviderStatus.Apply(unit, order, new(OrderStatus.Pending, null, null), 7));
            Assert.Equal((OrderStatus.Partial, 157, 6), (order.Status, order.Remains, order.UpdatedAt));
            return true;
        });
    }

    [Fact]
    public async Task A_plain_order_that_an_operator_completes_is_as_the_step_returns_it()
    {
        var id = await PlaceAsync(new() { Link = "https://example.com/p", Quantity = 1_000 });
        await _panel.Writes.RunAsync(Actors.Operator, unit =>
        {
            var order = unit.Orders.Find(id)!;
            order = Stored(unit, MoveOrder.Move(unit, order, new(OrderStatus.Processing, Actor.Operator), 1).Value);
            order = Stored(unit, MoveOrder.Move(unit, order, new(OrderStatus.Completed, Actor.Operator) { Remains = 0 }, 2).Value);
            Assert.Equal(2, order.CompletedAt);
            return true;
        });
    }

    [Theory]
    [InlineData(Actor.Reseller)]
    [InlineData(Actor.Operator)]
    public async Task A_drip_feed_is_as_its_cancel_returns_it(Actor actor)
    {
        var id = await PlaceAsync(new() { Link = "https://example.com/p", Quantity = 300, Drip = new(3, 60) });
        await StartRunAsync();
        await _panel.Writes.RunAsync(Actors.Of(actor), unit =>
        {
            var before = unit.Orders.Find(id)!;
            var after = Stored(unit, MoveOrder.Move(unit, before, new(OrderStatus.Canceled, actor), before.UpdatedAt + 1).Value);
            Assert.True(after.Refunded > Money.Zero);
            Assert.Equal(actor == Actor.Operator, OrderLifecycle.IsFinal(after.Status));
            return true;
        });
    }

    [Fact]
    public async Task An_order_that_was_changed_since_it_was_read_is_not_written()
    {
        var id = await PlaceAsync(new() { Link = "https://example.com/p", Quantity = 1_000 });
        var writing = _panel.Writes.RunAsync(Actors.Provider, unit =>
        {
            var order = unit.Orders.Find(id)!;
            var after = MoveOrder.Move(unit, order, new(OrderStatus.InProgress, Actor.Provider), 1).Value;
            OrderTransition.Progress(unit, order, 500, 0, 2);
            return after;
        });

        await Assert.ThrowsAsync<InvalidOperationException>(() => writing);
        Assert.Equal((OrderStatus.Pending, 1_000), (_panel.ReadOrders.One(Rich, id)!.Status, _panel.ReadOrders.One(Rich, id)!.Remains));
    }

    private static OrderRow Stored(UnitOfWork unit, OrderRow order)
    {
        Assert.Equal(unit.Orders.Find(order.Id), order);
        return order;
    }

    private async Task StartRunAsync()
    {
        ((SandboxClock)_panel.Clock).Instant += 60_000;
        while (await _panel.Jobs.RunOnceAsync() > 0)
        {
        }
    }

    private async Task<int> PlaceAsync(OrderDetails details)
    {
        var service = _panel.Services.Get().Sold(1)!;
        var placed = await _panel.PlaceOrder.RunAsync(Actors.Reseller, new OrderToPlace(Rich, service, service.Rate, details), retry: null, _ => null);
        return placed.Outcome.Value;
    }
}
