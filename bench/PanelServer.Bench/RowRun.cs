namespace PanelServer.Bench;

/// <summary>One round of a row: the floor, then the call.</summary>
internal sealed record Pair(
    LoadResult Floor, LoadResult Call, double FloorCpuMicroseconds, double CallCpuMicroseconds, double RssAnonMiB);

internal sealed record RowResult(Row Row, int AnswerBytes, IReadOnlyList<Pair> Pairs, IReadOnlyList<string> Problems)
{
    public double Of(Func<Pair, double> figure) => Median.Of(Pairs.Select(figure));

    public double Ratio => Of(pair => pair.Call.PerSecond / pair.Floor.PerSecond);

    public double P99Ratio => Of(pair => pair.Call.P99Ms / pair.Floor.P99Ms);

    public double PeakRssAnonMiB => Pairs.Max(pair => pair.RssAnonMiB);
}

/// <summary>Loads the floor and the server in turn with one row's requests, and proves that the answers were successes.</summary>
internal sealed class RowRun(BenchOptions options, ILoad load, Child floor, Child server, Caller caller)
{
    private const int Samples = 20;
    private static readonly TimeSpan MemoryPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Long enough that looking at whole answers takes nothing from the load.</summary>
    private static readonly TimeSpan SamplePause = TimeSpan.FromMilliseconds(500);
    private readonly List<string> _problems = [];
    private readonly Random _random = new(3);

    public async Task<RowResult> RunAsync(Row row)
    {
        int size = await SampleAsync(row);
        bool notModified = size == 0;
        var floorPlan = new LoadPlan(
            new Uri(floor.Url, notModified ? FloorEndpoint.NotModified : $"/{size}"),
            row.Bodies, row.Headers, row.Connections, options.Seconds);
        LoadPlan callPlan = floorPlan with { Url = Api(server.Url) };

        double warmUp = Math.Min(2, options.Seconds);
        await load.RunAsync(floorPlan with { Seconds = warmUp });
        await load.RunAsync(callPlan with { Seconds = warmUp });
        var pairs = new List<Pair>();
        for (int i = 0; i < options.Pairs; i++)
        {
            (LoadResult floorResult, double floorCpu, _) = await MeasureAsync(floor, floorPlan);
            Expect(floorResult.Errors == 0, $"the floor: {floorResult.Errors} failed answers");
            (LoadResult callResult, double callCpu, double memory) = row.PlacesOrders
                ? await CountOrdersAsync(row, callPlan)
                : await WatchAsync(row, callPlan, null);
            Expect(callResult.Errors == 0, $"{callResult.Errors} failed answers");
            Expect(callResult.Requests > 0, "no answer at all");
            pairs.Add(new Pair(floorResult, callResult, floorCpu, callCpu, memory));
        }
        await SampleAsync(row);
        return new RowResult(row, size, pairs, [.. _problems.Distinct()]);
    }

    public static Uri Api(Uri server) => new(server, "/api/v2");

    /// <summary>Checks whole answers; returns the mean size of their bodies.</summary>
    private async Task<int> SampleAsync(Row row)
    {
        long size = 0;
        for (int i = 0; i < Samples; i++)
        {
            size += (await CheckedAsync(row)).Body.Length;
        }
        return (int)(size / Samples);
    }

    private async Task<Answer> CheckedAsync(Row row)
    {
        Answer answer = await caller.PostAsync(row.Bodies[_random.Next(row.Bodies.Count)], row.Headers);
        string? problem = row.Problem(answer);
        Expect(problem is null, $"not a success: {problem}");
        return answer;
    }

    /// <summary>
    /// Ids come from a counter that a refused call leaves alone, so the ids of one order before and one after the
    /// round tell how many orders it made; what the generator counted as answered must be among them.
    /// </summary>
    private async Task<(LoadResult, double, double)> CountOrdersAsync(Row row, LoadPlan plan)
    {
        long before = Checks.OrderId(await CheckedAsync(row));
        var watched = new Counter();
        (LoadResult Result, double, double) measured = await WatchAsync(row, plan, watched);
        long made = Checks.OrderId(await CheckedAsync(row)) - before - 1 - watched.Value;
        long answered = measured.Result.Requests - measured.Result.Errors;
        // At the end of a round every connection may have left one order behind whose answer was not awaited.
        Expect(made >= answered && made <= answered + plan.Connections,
            $"{answered} orders answered, but {made} made");
        return measured;
    }

    /// <summary>Looks at a whole answer now and then while the load runs.</summary>
    private async Task<(LoadResult, double, double)> WatchAsync(Row row, LoadPlan plan, Counter? count)
    {
        Task<(LoadResult, double, double)> measuring = MeasureAsync(server, plan);
        while (!measuring.IsCompleted)
        {
            await CheckedAsync(row);
            if (count is not null)
            {
                count.Value++;
            }
            await Task.WhenAny(measuring, Task.Delay(SamplePause));
        }
        return await measuring;
    }

    private async Task<(LoadResult Result, double CpuMicroseconds, double RssAnonMiB)> MeasureAsync(
        Child process, LoadPlan plan)
    {
        TimeSpan before = process.CpuTime();
        Task<LoadResult> loading = load.RunAsync(plan);
        double memory = 0;
        while (!loading.IsCompleted)
        {
            memory = Math.Max(memory, process.RssAnonMiB());
            await Task.WhenAny(loading, Task.Delay(MemoryPause));
        }
        LoadResult result = await loading;
        TimeSpan used = process.CpuTime() - before;
        return (result, used.TotalMicroseconds / Math.Max(1, result.Requests), memory);
    }

    private void Expect(bool condition, string problem)
    {
        if (!condition)
        {
            _problems.Add(problem);
        }
    }

    private sealed class Counter
    {
        public long Value { get; set; }
    }
}
