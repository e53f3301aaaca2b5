using System.Diagnostics;

namespace PanelServer.Bench;

/// <summary>Fills a panel with orders over HTTP. All are one reseller's, so their ids have no gaps.</summary>
internal sealed class Filling(Workplace place, Panel panel)
{
    private const int Connections = 256;

    /// <summary>Orders in a second that no round exceeds: so it never makes more than are asked for.</summary>
    private const int MaxPerSecond = 100_000;
    private const double MaxRound = 5;
    private readonly string[] _bodies = Forms.Add(panel, 10_000);
    private readonly Random _random = new(13);
    private long _oldest;
    private TimeSpan _elapsed;
    private long _filled;

    public long Newest { get; private set; }

    public long Orders => Newest == 0 ? 0 : Newest - _oldest + 1;

    /// <summary>Orders per second while filling.</summary>
    public double Rate => _filled / _elapsed.TotalSeconds;

    /// <summary>Grows the panel to so many orders, exactly if it has fewer.</summary>
    /// <exception cref="InvalidOperationException">Not every answered order was made, or none at all.</exception>
    public async Task GrowToAsync(long size)
    {
        using var progress = new Progress($"filling to {size} orders");
        await using Child server = await panel.StartAsync();
        using var caller = new Caller(RowRun.Api(server.Url));
        if (Newest == 0)
        {
            _oldest = Newest = Checks.OrderId(await caller.PostAsync(_bodies[0]));
        }
        long before = Orders;
        long begin = Stopwatch.GetTimestamp();
        while (size - Orders is var missing and > 0)
        {
            double seconds = Math.Floor((double)missing / MaxPerSecond);
            if (seconds >= 1)
            {
                await RoundAsync(server, caller, Math.Min(seconds, MaxRound));
            }
            else
            {
                Newest = (await panel.PlaceOrdersAsync(caller, (int)missing, Connections))[^1];
            }
            progress.Report(Orders, size);
        }
        _elapsed += Stopwatch.GetElapsedTime(begin);
        _filled += Orders - before;
    }

    /// <summary>Counts what others have ordered meanwhile, by one more order.</summary>
    public async Task CountAsync(Caller caller) => Newest = Checks.OrderId(await caller.PostAsync(_bodies[0]));

    /// <summary>Ids from all over the panel.</summary>
    public IReadOnlyList<long> Scattered(int count) => [.. Enumerable.Range(0, count).Select(_ => Any())];

    /// <summary>So many batches of different ids from all over the panel.</summary>
    public IEnumerable<IEnumerable<long>> Batches(int count)
    {
        for (int i = 0; i < count; i++)
        {
            var ids = new HashSet<long>();
            while (ids.Count < Forms.IdsPerBatch)
            {
                ids.Add(Any());
            }
            yield return ids;
        }
    }

    private long Any() => _random.NextInt64(_oldest, Newest + 1);

    private async Task RoundAsync(Child server, Caller caller, double seconds)
    {
        long before = Orders;
        LoadResult round = await place.Load.RunAsync(
            new LoadPlan(RowRun.Api(server.Url), _bodies, [Caller.Form], Connections, seconds));
        await CountAsync(caller);
        long made = Orders - before - 1;
        // An answer that came late is a fault of a row, not of filling; that an answered order was not made is one anywhere.
        if (made == 0 || made < round.Requests - round.Errors)
        {
            throw new InvalidOperationException(
                $"filling: {round.Requests} orders answered, {round.Errors} failed, {made} made");
        }
    }
}
