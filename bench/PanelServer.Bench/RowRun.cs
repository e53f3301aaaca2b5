namespace PanelServer.Bench;

/// <summary>One round of a row: the floor, then the call, then, where that is a goal, the commits in process.</summary>
internal sealed record Pair(
    LoadResult Floor, LoadResult Call, double FloorCpuMicroseconds, double CallCpuMicroseconds, double RssAnonMiB)
{
    /// <summary>Orders per second in process; 0 where it is not asked for.</summary>
    public double CommitsPerSecond { get; init; }
}

internal sealed record RowResult(Row Row, int AnswerBytes, IReadOnlyList<Pair> Pairs, IReadOnlyList<string> Problems)
{
    public double Of(Func<Pair, double> figure) => Median.Of(Pairs.Select(figure));

    public double Ratio => Of(pair => pair.Call.PerSecond / pair.Floor.PerSecond);

    public double P99Ratio => Of(pair => pair.Call.P99Ms / pair.Floor.P99Ms);

    public double CommitRatio => Of(pair => pair.Call.PerSecond / pair.CommitsPerSecond);

    public double PeakRssAnonMiB => Pairs.Max(pair => pair.RssAnonMiB);
}

/// <summary>Loads the floor and the server in turn with a row's requests, and proves that the answers were successes.</summary>
internal sealed class RowRun(Workplace place, Baseline floor, Child server, Caller caller)
{
    public const string ApiPath = "/api/v2";
    private const int Samples = 20;
    private static readonly TimeSpan MemoryPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Long enough that looking at whole answers takes nothing from the load.</summary>
    private static readonly TimeSpan SamplePause = TimeSpan.FromMilliseconds(500);
    private readonly BenchOptions _options = place.Options;
    private readonly ILoad _load = place.Load;
    private readonly Random _random = new(3);
    private List<string> _problems = [];

    /// <summary>The floor in process, for rows that are compared with it.</summary>
    public Commits? Commits { get; init; }

    public async Task<RowResult> RunAsync(Row row)
    {
        _problems = [];
        int size = await SampleAsync(row);
        var floorPlan = new LoadPlan(
            new Uri(floor.Process.Url, floor.PathOf(size)), row.Bodies, row.Headers, row.Connections, _options.Seconds);
        LoadPlan callPlan = floorPlan with { Url = Api(server.Url) };

        double warmUp = Math.Min(2, _options.Seconds);
        await _load.RunAsync(floorPlan with { Seconds = warmUp });
        await _load.RunAsync(callPlan with { Seconds = warmUp });
        var pairs = new List<Pair>();
        for (int i = 0; i < _options.Pairs; i++)
        {
            (LoadResult floorResult, double floorCpu, _) = await MeasureAsync(floor.Process, floorPlan);
            Expect(floorResult.Errors == 0, $"the floor: {floorResult.Errors} failed answers");
            (LoadResult callResult, double callCpu, double memory) = row.PlacesOrders
                ? await CountOrdersAsync(row, callPlan)
                : await WatchAsync(row, callPlan, null);
            Expect(callResult.Errors == 0, $"{callResult.Errors} failed answers");
            Expect(floorResult.Requests > 0 && callResult.Requests > 0, "no answer at all");
            pairs.Add(new Pair(floorResult, callResult, floorCpu, callCpu, memory)
            {
                CommitsPerSecond = row.CommitGoal is null ? 0 : await CommitAsync(row.Connections),
            });
        }
        await SampleAsync(row);
        return new RowResult(row, size, pairs, [.. _problems.Distinct()]);
    }

    public static Uri Api(Uri server) => new(server, ApiPath);

    private async Task<double> CommitAsync(int perCommit)
    {
        (double perSecond, string problem) = await Commits!.RunAsync(perCommit, _options.Seconds);
        Expect(problem.Length == 0, $"in process: {problem}");
        return perSecond;
    }

    /// <summary>Checks whole answers; returns the mean size of their bodies.</summary>
    private async Task<int> SampleAsync(Row row)
    {
        long size = 0;
        using var floorCaller = new Caller(new Uri(floor.Process.Url, ApiPath));
        for (int i = 0; i < Samples; i++)
        {
            size += (await CheckedAsync(row)).Body.Length;
            if (floor.AnswersTruly)
            {
                await CheckedAsync(row, floorCaller);
            }
        }
        return (int)(size / Samples);
    }

    private Task<Answer> CheckedAsync(Row row) => CheckedAsync(row, caller);

    private async Task<Answer> CheckedAsync(Row row, Caller asking)
    {
        Answer answer = await asking.PostAsync(row.Bodies[_random.Next(row.Bodies.Count)], row.Headers);
        string? problem = row.Problem(answer);
        string who = asking == caller ? "" : "what it is compared with: ";
        Expect(problem is null, $"{who}not a success: {problem}");
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
        Task<LoadResult> loading = _load.RunAsync(plan);
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
