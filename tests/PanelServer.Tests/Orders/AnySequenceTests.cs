using FsCheck;
using FsCheck.Fluent;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Refills;
using PanelServer.Domain.Resellers;
using PanelServer.Domain.Subscriptions;
using PanelServer.Ledger;
using PanelServer.Orders;
using PanelServer.Sandbox;
using Xunit.Abstractions;

namespace PanelServer.Tests.Orders;

/// <summary>
/// Any sequence of anybody's moves, with any numbers, two at a time on the same order and many orders at the same time,
/// while time goes by: refunds stay within the charge, what is final stays final, and the books are right
/// (docs/contract.md, "Lifecycle").
/// </summary>
public sealed class AnySequenceTests(ITestOutputHelper log) : IDisposable
{
    private const int Sequences = 10_000;
    private const int AtOnce = 250;
    private const int MaxSequence = 8;
    private const int Rich = 2;

    private const int TimePasses = 11;

    private static readonly OrderStatus[] Asked =
    [
        OrderStatus.Pending, OrderStatus.Processing, OrderStatus.InProgress, OrderStatus.Completed, OrderStatus.Partial,
        OrderStatus.Canceled, OrderStatus.Active,
    ];

    private static readonly OrderStatus[] Ends = [OrderStatus.Completed, OrderStatus.Partial, OrderStatus.Canceled];

    private static readonly long?[] Remains = [null, -1, 0, 1, 49, 50, 99, 100, 157, 999, 1_000, 1_001, long.MinValue, long.MaxValue];

    private readonly string _folder = Directory.CreateTempSubdirectory("sequence-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>One thing somebody does to an order or to one of its children; what it is follows from the numbers.</summary>
    private sealed record Step(int What, int Status, int Left, int Who, int Child);

    [Fact]
    public async Task The_books_stay_right_whatever_anybody_does()
    {
        var seed = TestSeed.Value;
        log.WriteLine($"seed {seed}");
        var step = from what in Gen.Frequency((80, Gen.Choose(0, 10)), (1, Gen.Constant(TimePasses)))
                   from status in Gen.Choose(0, Asked.Length - 1)
                   from left in Gen.Choose(0, Remains.Length - 1)
                   from who in Gen.Choose(0, 3)
                   from child in Gen.Choose(0, 3)
                   select new Step(what, status, left, who, child);
        var sequences = step.ListOf().Sample(Sequences, new Rnd(seed), MaxSequence).ToList();
        await using var panel = await OpenSandbox.InAsync(_folder);

        foreach (var together in sequences.Chunk(AtOnce))
        {
            await Task.WhenAll(together.Select(async (steps, at) => await PlayAsync(panel, [.. steps], at)));
        }

        Assert.Empty(new Verify(panel.Database).Run());
        log.WriteLine($"{sequences.Count} sequences, {sequences.Sum(steps => steps.Count)} steps");
        log.WriteLine(await ReachedAsync(panel));
    }

    private static async Task PlayAsync(Panel panel, Step[] steps, int at)
    {
        var order = await PlaceAsync(panel, at);
        var half = steps.Length / 2;
        await Task.WhenAll(ActAsync(panel, order, steps[..half]), ActAsync(panel, order, steps[half..]));
        if (steps.Length > 0)
        {
            await CorrectAsync(panel, order, steps[^1]);
        }
    }

    /// <summary>One of the two who have to do with an order: whatever the other does, an end stays and money comes back only once.</summary>
    private static async Task ActAsync(Panel panel, int order, Step[] steps)
    {
        var before = panel.ReadOrders.One(Rich, order)!;
        foreach (var step in steps)
        {
            await TakeAsync(panel, ChildOr(before, step), step);
            var now = panel.ReadOrders.One(Rich, order)!;
            Assert.InRange(now.Kept.Units, 0, before.Kept.Units);
            if (OrderLifecycle.IsFinal(before.Status))
            {
                Assert.Equal((before.Status, before.Kept, before.Remains), (now.Status, now.Kept, now.Remains));
            }

            before = now;
        }
    }

    /// <summary>An operator puts an end in the place of another: what is kept is then what that end is worth.</summary>
    private static async Task CorrectAsync(Panel panel, int order, Step step)
    {
        var target = ChildOr(panel.ReadOrders.One(Rich, order)!, step);
        var before = panel.ReadOrders.One(Rich, target)!;
        var corrected = await panel.CorrectOrder.RunAsync(
            Actors.Operator,
            new OrderCorrection(target, Ends[step.Status % Ends.Length], Remains[step.Left], "a test"));
        Assert.True(corrected.Refusal is not null || OrderLifecycle.IsFinal(corrected.Value.From));
        if (OrderLifecycle.IsFinal(before.Status))
        {
            var refund = corrected.Refusal is null ? corrected.Value.Refund : Money.Zero;
            Assert.Equal(before.Kept - refund, panel.ReadOrders.One(Rich, target)!.Kept);
        }
    }

    private static int ChildOr(OrderView order, Step step) =>
        order.Children.Count == 0 || step.Child == 0 ? order.Id : order.Children[step.Child % order.Children.Count];

    private static Task TakeAsync(Panel panel, int order, Step step) => step.What switch
    {
        0 => panel.MoveOrder.ProgressAsync(Actors.Operator, order, Remains[step.Left], step.Left - 1),
        1 => panel.RequestCancel.RunAsync(Actors.Reseller, Rich, [order], retry: null, _ => null),
        2 => panel.AnswerCancel.AcceptAsync(Actors.Provider, order, Remains[step.Left]),
        3 => panel.AnswerCancel.RefuseAsync(Actors.Of((Actor)step.Who), order),
        4 => panel.RequestRefill.RunAsync(Actors.Reseller, Rich, [order], retry: null, _ => null),
        5 => panel.MoveRefill.RunAsync(Actors.Of((Actor)step.Who), step.Left, RefillStatus.Completed),
        6 or 7 => HearAsync(panel, order, step),
        8 => step.Who < 2 ? panel.PauseRuns.PauseAsync(Actors.Operator, order) : panel.PauseRuns.ResumeAsync(Actors.Operator, order),
        TimePasses => LetAMinutePassAsync(panel),
        9 => panel.AppearPosts.InventAsync(Actors.Operator, order, step.Left),
        _ => panel.MoveOrder.RunAsync(Actors.Of((Actor)step.Who), order, new OrderMove(Asked[step.Status], (Actor)step.Who)
        {
            Remains = Remains[step.Left],
            StartCount = step.Left,
        }),
    };

    /// <summary>A provider may say anything; of what it does not have it says nothing.</summary>
    private static Task HearAsync(Panel panel, int order, Step step) =>
        panel.ReadOrders.One(Rich, order) is { Runs: null, Subscription: null }
            ? panel.HearProvider.RunAsync(Actors.Provider, order, new(Asked[step.Status], Remains[step.Left], Remains[step.Child]))
            : Task.CompletedTask;

    /// <summary>Time goes by, and what is due happens among all the others' doings.</summary>
    private static async Task LetAMinutePassAsync(Panel panel)
    {
        ((SandboxClock)panel.Clock).Instant += 60_000;
        while (await panel.Jobs.RunOnceAsync() > 0)
        {
        }
    }

    private static async Task<int> PlaceAsync(Panel panel, int at)
    {
        var quantity = 50L + (at * 3);
        var (service, details) = (at % 5) switch
        {
            0 => (13, new OrderDetails { Link = "https://example.com/p", Quantity = quantity }),
            1 => (1, new OrderDetails { Link = "https://example.com/p", Quantity = quantity * 3, Drip = new DripFeed(3, 1) }),
            2 => (4, new OrderDetails { Quantity = 0, Subscription = new SubscriptionPlan(20, 50, at % 2 * 5, at % 7 == 0 ? null : 2, 0, null) }),
            3 => (1, new OrderDetails { Link = $"https://sandbox.test/slow/9/partial/{at % 60}", Quantity = quantity }),
            _ => (1, new OrderDetails { Link = "https://sandbox.test/stuck", Quantity = quantity }),
        };
        var sold = panel.Services.Get().Sold(service)!;
        var placed = await panel.PlaceOrder.RunAsync(
            Actors.Reseller,
            new OrderToPlace(Rich, sold, new PriceList(0, new Dictionary<int, Rate>()).RateOf(sold), details),
            retry: null,
            _ => null);
        return placed.Outcome.Value;
    }

    /// <summary>How many orders have come to which end: a test in which nothing happens would prove nothing.</summary>
    private static async Task<string> ReachedAsync(Panel panel)
    {
        await using var db = panel.Database.OpenReadingDb();
        var reached = db.Orders.AsEnumerable().GroupBy(row => (row.Kind, row.Status)).ToDictionary(group => group.Key, group => group.Count());
        foreach (var end in Ends)
        {
            Assert.True(reached.GetValueOrDefault((OrderKind.Plain, end)) > 50, $"plain orders that end {end}");
            Assert.True(reached.GetValueOrDefault((OrderKind.DripFeed, end)) > 5, $"drip-feeds that end {end}");
        }

        Assert.True(reached.GetValueOrDefault((OrderKind.Subscription, OrderStatus.Completed)) > 5);
        Assert.True(db.Reviews.Any());
        return string.Join(", ", reached.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key.Kind} {pair.Key.Status} {pair.Value}"));
    }
}
