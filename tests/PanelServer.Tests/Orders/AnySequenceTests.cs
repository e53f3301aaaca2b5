using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Refills;
using PanelServer.Domain.Resellers;
using PanelServer.Hosting;
using PanelServer.Ledger;
using PanelServer.Orders;
using Xunit.Abstractions;

namespace PanelServer.Tests.Orders;

/// <summary>
/// Any sequence of anybody's moves, with any numbers, many orders at the same time: refunds stay within the charge, what
/// is final stays final, and the books are right (docs/contract.md, "Lifecycle").
/// </summary>
public sealed class AnySequenceTests(ITestOutputHelper log) : IDisposable
{
    private const int Sequences = 10_000;
    private const int AtOnce = 250;
    private const int LongestSequence = 8;
    private const int Rich = 2;

    private static readonly OrderStatus[] Asked =
    [
        OrderStatus.Pending, OrderStatus.Processing, OrderStatus.InProgress, OrderStatus.Completed, OrderStatus.Partial,
        OrderStatus.Canceled, OrderStatus.Active,
    ];

    private static readonly long?[] Remains = [null, -1, 0, 1, 49, 50, 99, 100, 157, 999, 1_000, 1_001, long.MinValue, long.MaxValue];

    private readonly string _folder = Directory.CreateTempSubdirectory("sequence-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>One thing somebody does to an order; what it is follows from the numbers.</summary>
    private sealed record Step(int What, int Status, int Left, int Who);

    [Fact]
    public async Task The_books_stay_right_whatever_anybody_does()
    {
        // Another one each time; it is printed, and put here it plays the same again.
        var seed = (ulong)Environment.TickCount64;
        log.WriteLine($"seed {seed}");
        var step = from what in Gen.Choose(0, 7)
                   from status in Gen.Choose(0, Asked.Length - 1)
                   from left in Gen.Choose(0, Remains.Length - 1)
                   from who in Gen.Choose(0, 3)
                   select new Step(what, status, left, who);
        var sequences = step.ListOf().Sample(Sequences, new Rnd(seed), LongestSequence).ToList();
        await using var panel = await OpenAsync();

        foreach (var together in sequences.Chunk(AtOnce))
        {
            await Task.WhenAll(together.Select(async (steps, at) => await PlayAsync(panel, [.. steps], at)));
        }

        Assert.Empty(new Verify(panel.Database).Run());
        log.WriteLine($"{sequences.Count} sequences, {sequences.Sum(steps => steps.Count)} steps");
    }

    private static async Task PlayAsync(Panel panel, Step[] steps, int at)
    {
        var order = await PlaceAsync(panel, at % 2 == 0 ? 1 : 13, 50 + (at * 3));
        var before = panel.ReadOrders.One(Rich, order)!;
        var charge = before.Kept;
        foreach (var step in steps)
        {
            await TakeAsync(panel, order, step);
            var now = panel.ReadOrders.One(Rich, order)!;
            Assert.InRange(now.Kept.Units, 0, before.Kept.Units);
            if (OrderLifecycle.IsFinal(before.Status))
            {
                Assert.Equal((before.Status, before.Kept, before.Remains), (now.Status, now.Kept, now.Remains));
            }

            before = now;
        }

        Assert.Equal(
            before.Status switch
            {
                OrderStatus.Canceled => Money.Zero,
                OrderStatus.Partial => charge - Settlement.Owed(charge, before.Remains, 50 + (at * 3)),
                _ => charge,
            },
            before.Kept);
    }

    private static Task TakeAsync(Panel panel, int order, Step step) => step.What switch
    {
        0 => panel.MoveOrder.ProgressAsync(order, Remains[step.Left] ?? 0),
        1 => panel.RequestCancel.RunAsync(Rich, [order], retry: null, _ => null),
        2 => panel.AnswerCancel.AcceptAsync(order, Remains[step.Left], Actor.Provider),
        3 => panel.AnswerCancel.RefuseAsync(order, Actor.Provider),
        4 => panel.RequestRefill.RunAsync(Rich, [order], retry: null, _ => null),
        5 => panel.MoveRefill.RunAsync(step.Left, RefillStatus.Completed, Actor.Provider),
        _ => panel.MoveOrder.RunAsync(new OrderMove(order, Asked[step.Status], (Actor)step.Who)
        {
            Remains = Remains[step.Left],
            StartCount = step.Left,
        }),
    };

    private static async Task<int> PlaceAsync(Panel panel, int service, long quantity)
    {
        var sold = panel.Services.Get().Sold(service)!;
        var details = new OrderDetails { Link = "https://example.com/p", Quantity = quantity };
        var placed = await panel.PlaceOrder.RunAsync(
            new OrderToPlace(Rich, sold, new PriceList(0, new Dictionary<int, Rate>()).RateOf(sold), details),
            retry: null,
            _ => null);
        return placed.Outcome.Value;
    }

    private Task<Panel> OpenAsync() => Panel.OpenAsync(
        PanelFolder.Of(_folder, isSandbox: true),
        new PanelSettings(),
        NullLoggerFactory.Instance,
        TimeSpan.Zero);
}
