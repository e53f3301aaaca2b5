using FsCheck;
using FsCheck.Fluent;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Ledger;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Resellers;
using PanelServer.Ledger;
using PanelServer.Orders;
using PanelServer.Sandbox;
using Xunit.Abstractions;

namespace PanelServer.Tests.Orders;

/// <summary>Any corrections of any ended orders, runs of drip-feeds among them: the books stay right.</summary>
public sealed class AnyCorrectionTests(ITestOutputHelper log) : IDisposable
{
    private const int Corrections = 600;
    private const int Between = 20;
    private const int Reseller = 1;

    private static readonly OrderStatus[] Asked = [OrderStatus.Completed, OrderStatus.Partial, OrderStatus.Canceled, OrderStatus.InProgress];

    private static readonly long?[] Remains = [null, -1, 0, 1, 17, 49, 50, 51, 99, 150, 151, long.MaxValue];

    // How the orders end: whole, canceled, in part; the words are the simulated provider's.
    private static readonly string[] Links =
        ["https://example.com/p", "https://sandbox.test/cancel", "https://sandbox.test/partial/17", "https://sandbox.test/partial/49"];

    private readonly string _folder = Directory.CreateTempSubdirectory("correction-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private sealed record Correction(int Order, int To, int Left);

    [Fact]
    public async Task The_books_stay_right_whatever_is_corrected()
    {
        // Another one each time; it is printed, and put here it plays the same again.
        var seed = (ulong)Environment.TickCount64;
        log.WriteLine($"seed {seed}");
        await using var panel = await OpenSandbox.InAsync(_folder);
        var orders = await EndedAsync(panel);
        var correction = from order in Gen.Choose(0, orders.Count - 1)
                         from to in Gen.Choose(0, Asked.Length - 1)
                         from left in Gen.Choose(0, Remains.Length - 1)
                         select new Correction(order, to, left);
        var done = 0;

        // So little is left that not everything can be taken again.
        var spare = panel.ReadBalance.Of(Reseller) - new Money(12_000);
        await panel.MakePayment.RunAsync(Actors.Operator, new("demo", TransferKind.Withdrawal, spare, "to be short of it", Reference: null));

        foreach (var some in correction.Sample(Corrections, new Rnd(seed), 1).Chunk(Between))
        {
            foreach (var one in some)
            {
                var corrected = await panel.CorrectOrder.RunAsync(Actors.Operator, new(orders[one.Order], Asked[one.To], Remains[one.Left], $"reason {done}"));
                done += corrected.Refusal is null ? 1 : 0;
                var now = panel.ReadOrders.One(Reseller, orders[one.Order])!;
                Assert.True(OrderLifecycle.IsFinal(now.Status));
                Assert.True(now.Kept >= Money.Zero);
            }

            Assert.Empty(new Verify(panel.Database).Run());
        }

        log.WriteLine($"{done} of {Corrections} were possible");
        Assert.InRange(done, Corrections / 10, Corrections);
    }

    /// <summary>Twelve orders and eight drip-feeds of three runs, all ended; the drip-feeds' parents are among them.</summary>
    private static async Task<List<int>> EndedAsync(Panel panel)
    {
        for (var at = 0; at < 20; at++)
        {
            await PlaceAsync(panel, Links[at % Links.Length], at < 12 ? null : new DripFeed(3, 1));
        }

        var clock = (SandboxClock)panel.Clock;
        await new ClockAdvancer(panel.Writes, panel.Jobs, clock).MoveAsync(clock.Instant + 3_600_000, CancellationToken.None);
        await using var db = panel.Database.OpenReadingDb();
        List<int> orders = [.. db.Orders.Select(row => row.Id)];
        Assert.Equal(12 + (8 * 4), orders.Count);
        Assert.All(orders, order => Assert.True(OrderLifecycle.IsFinal(panel.ReadOrders.One(Reseller, order)!.Status)));
        return orders;
    }

    private static async Task PlaceAsync(Panel panel, string link, DripFeed? drip)
    {
        var sold = panel.Services.Get().Sold(1)!;
        var details = new OrderDetails { Link = link, Quantity = drip is null ? 151 : 150, Drip = drip };
        var placed = await panel.PlaceOrder.RunAsync(
            Actors.Reseller,
            new OrderToPlace(Reseller, sold, new PriceList(0, new Dictionary<int, Rate>()).RateOf(sold), details),
            retry: null,
            _ => null);
        Assert.Null(placed.Outcome.Refusal);
    }
}
