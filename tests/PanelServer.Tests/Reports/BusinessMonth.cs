using System.Globalization;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Domain.Resellers;
using PanelServer.Orders;
using PanelServer.Providers.Dispatch;
using PanelServer.Reports;

namespace PanelServer.Tests.Reports;

/// <summary>
/// A month of invented business, carried out by the panel's own units in the order of time: orders of all kinds, providers
/// that take them late or never, costs that are learned step by step, every end, corrections. What happened is noted beside it.
/// </summary>
internal sealed class BusinessMonth : IAsyncDisposable
{
    public const int Providers = 3;
    public const int Services = 7;
    public const int Resellers = 6;

    /// <summary>Events of one unit of work.</summary>
    private const int UnitEvents = 400;

    private const int DripService = 1;
    private const long Hour = 3_600_000;

    private static readonly long Start = new DateTimeOffset(2026, 3, 5, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly long Length = 31 * 24 * Hour;

    private readonly PriorityQueue<Action<UnitOfWork, long>, (long At, int Turn)> _events = new();
    private readonly Random _random;
    private readonly DripFeedRuns _runs;
    private int _turns;

    private BusinessMonth(Panel panel, int seed)
    {
        Panel = panel;
        _random = new(seed);
        _runs = panel.Get<DripFeedRuns>();
    }

    public Panel Panel { get; }

    /// <summary>What was ordered by resellers themselves, without the runs of drip-feeds: by order, when.</summary>
    public Dictionary<int, long> Sold { get; } = [];

    /// <summary>Who has taken an order.</summary>
    public Dictionary<int, int> Takers { get; } = [];

    /// <summary>What was learned of costs: order, when, and by how much it is more.</summary>
    public List<(int Order, long At, long Units)> Costs { get; } = [];

    /// <summary>Lets a month go by in a new folder.</summary>
    public static async Task<BusinessMonth> InAsync(string folder, int orders, int seed)
    {
        var panel = await Panel.OpenAsync(PanelFolder.Of(folder, isSandbox: false));
        var month = new BusinessMonth(panel, seed);
        await month.SetUpAsync();
        for (var order = 0; order < orders; order++)
        {
            month.Later(Start + (long)(month._random.NextDouble() * Length), month.Order);
        }

        var fill = panel.Get<FillDailyTotals>();
        while (month._events.Count > 0)
        {
            await panel.Writes.RunAsync(Actors.Operator, month.Play);
            if (month._random.Next(3) == 0)
            {
                await fill.RunOnceAsync();
            }
        }

        return month;
    }

    public ValueTask DisposeAsync() => Panel.DisposeAsync();

    private async Task SetUpAsync()
    {
        for (var reseller = 1; reseller <= Resellers; reseller++)
        {
            Assert.True((await Panel.ManageResellers.AddAsync(Actors.Operator, $"reseller{reseller}", new Money(100_000_000_000))).Try(out _, out _));
        }

        for (var service = 1; service <= Services; service++)
        {
            // The last one is free: an order is counted, and no money moves.
            var isPackage = service == 3;
            var made = await Panel.ManageServices.AddAsync(Actors.Operator, new()
            {
                Type = isPackage ? "Package" : "Default",
                Category = "First",
                Name = $"Service {service}",
                Rate = service == Services ? "0" : $"{service}.{service}7",
                Min = isPackage ? 1 : 10,
                Max = isPackage ? 1 : 10_000,
                Dripfeed = service == DripService,
                Cancel = true,
            });
            Assert.True(made.Try(out _, out var refusal), refusal?.Code);
        }

        await Panel.Writes.RunAsync(Actors.Operator, unit =>
        {
            for (var provider = 1; provider <= Providers; provider++)
            {
                unit.Db.Providers.Add(new ProviderRow { Name = $"provider{provider}", Url = "https://panel.example/api/v2", Secret = "-", CreatedAt = 0 });
            }

            return 0;
        });
    }

    private void Later(long at, Action<UnitOfWork, long> what) => _events.Enqueue(what, (at, _turns++));

    private int Play(UnitOfWork unit)
    {
        for (var played = 0; played < UnitEvents && _events.TryDequeue(out var what, out var when); played++)
        {
            what(unit, when.At);
        }

        return 0;
    }

    private long Soon(long now) => now + 1 + (long)(Math.Pow(_random.NextDouble(), 4) * 5 * 24 * Hour);

    private void Order(UnitOfWork unit, long now)
    {
        var service = Panel.Services.Get().Sold(_random.Next(1, Services + 1))!;
        var isDrip = service.Id == DripService && _random.Next(4) == 0;
        var runs = isDrip ? _random.Next(2, 5) : 1;
        var quantity = service.Type.QuantityFrom == QuantitySource.One ? 1L : _random.Next(10, 2_000);
        var details = new OrderDetails
        {
            Link = string.Create(CultureInfo.InvariantCulture, $"https://example.com/{_turns}"),
            Quantity = quantity * runs,
            Drip = isDrip ? new DripFeed(runs, 60) : null,
        };
        var rate = new PriceList(0, new Dictionary<int, Rate>()).RateOf(service);
        Assert.True(Panel.PlaceOrder.Place(unit, new(_random.Next(1, Resellers + 1), service, rate, details), now).Try(out var id, out var refusal), refusal?.Code);
        Sold.Add(id, now);
        if (isDrip)
        {
            Later(now + 1, (later, at) => Run(later, id, at));
            if (_random.Next(5) == 0)
            {
                Later(Soon(now), (later, at) => Move(later, id, OrderStatus.Canceled, at));
            }
        }
        else
        {
            Deliver(id, quantity, now);
        }
    }

    private void Run(UnitOfWork unit, int parent, long now)
    {
        if (!unit.Due.IsSet(WorkKind.Run, parent))
        {
            return;
        }

        var next = _runs.Run(unit, new ScheduledWork(WorkKind.Run, parent, parent, now, Attempts: 0), now);
        var run = unit.Db.Orders.Where(row => row.ParentId == parent).OrderByDescending(row => row.Id).First();
        Deliver(run.Id, run.Quantity, now);
        if (next is { } then)
        {
            unit.Due.Set(WorkKind.Run, parent, parent, then);
            Later(then, (later, at) => Run(later, parent, at));
        }
        else
        {
            unit.Due.Remove(WorkKind.Run, parent);
        }
    }

    /// <summary>What becomes of an order: by hand, by a provider, or by a provider of which that is learned after it was paid back.</summary>
    private void Deliver(int order, long quantity, long now)
    {
        var fate = _random.Next(10);
        if (fate < 7)
        {
            Later(Soon(now), (unit, at) => Take(unit, order, at));
        }

        Later(Soon(now + (fate < 6 ? 0 : Hour)), (unit, at) => End(unit, order, quantity, at));
    }

    private void Take(UnitOfWork unit, int order, long now)
    {
        var provider = _random.Next(1, Providers + 1);
        long? expected = _random.Next(5) == 0 ? null : _random.Next(1, 5_000);
        unit.Submissions.SetStage(order, OrderStage.Submitted);
        var submission = unit.Submissions.Begin(new()
        {
            Kind = SubmissionKind.Order,
            Subject = order,
            Order = order,
            Provider = provider,
            UpstreamService = "1",
            Quantity = 1,
            Cost = expected is { } units ? new Money(units) : null,
            At = now,
        });
        var upstream = string.Create(CultureInfo.InvariantCulture, $"u{order}");
        Assert.True(unit.Submissions.End(submission, new SubmissionEnd(SubmissionOutcome.Accepted) { UpstreamId = upstream }, now));
        OrderRouting.Accepted(unit, order, provider, now);
        Takers.Add(order, provider);
        Costs.Add((order, now, expected ?? 0));
        var known = expected ?? 0;
        if (OrderLifecycle.IsFinal(unit.Orders.Find(order)!.Status))
        {
            unit.Due.Remove(WorkKind.Order, order);
        }

        for (var at = now; _random.Next(2) == 0;)
        {
            var says = _random.Next(0, 6_000);
            at = Soon(at);
            Later(at, (later, then) =>
            {
                later.SalesJournal.Cost(submission, new Money(says), then);
                later.Submissions.SetCost(submission, new Money(says));
                Costs.Add((order, then, says - known));
                known = says;
            });
        }
    }

    private void End(UnitOfWork unit, int order, long quantity, long now)
    {
        switch (_random.Next(8))
        {
            case 0:
                Move(unit, order, OrderStatus.Canceled, now);
                break;
            case 1 when quantity > 1:
                Move(unit, order, OrderStatus.Partial, now, _random.NextInt64(1, quantity));
                break;
            case 2:
                return;
            default:
                Move(unit, order, OrderStatus.Completed, now);
                break;
        }

        if (_random.Next(12) == 0)
        {
            Later(Soon(now), (later, at) => Correct(later, order, quantity, at));
        }
    }

    private void Move(UnitOfWork unit, int order, OrderStatus to, long now, long? remains = null)
    {
        // Some are refused, as they are in life: the books do not change then.
        var actor = _random.Next(30) == 0 || unit.Orders.Find(order)!.Runs is not null ? Actor.Operator : Actor.Provider;
        MoveOrder.Move(unit, order, new OrderMove(to, actor) { Remains = remains }, now).Try(out _, out _);
    }

    private void Correct(UnitOfWork unit, int order, long quantity, long now)
    {
        var to = (OrderStatus[])[OrderStatus.Completed, OrderStatus.Canceled, OrderStatus.Partial];
        var end = to[_random.Next(quantity > 1 ? 3 : 2)];
        long? remains = end == OrderStatus.Partial ? _random.NextInt64(1, quantity) : null;
        if (CorrectOrder.Correct(unit, new(order, end, remains, "checked"), now).Try(out _, out _) && _random.Next(3) == 0)
        {
            Later(Soon(now), (later, at) => Correct(later, order, quantity, at));
        }
    }
}
