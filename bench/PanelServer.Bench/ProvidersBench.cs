using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace PanelServer.Bench;

/// <summary>
/// <c>bench providers</c>: orders that go on to a provider, and passes in which it is asked about all that it has. At the
/// end of each size all are completed, so the next begins with none open.
/// </summary>
internal sealed class ProvidersBench
{
    private const string Provider = "bench";

    /// <summary>Something is delivered of every so-many-th order.</summary>
    private const int Tenth = 10;
    private static readonly TimeSpan MemoryPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan SendingPause = TimeSpan.FromMilliseconds(5);

    /// <summary>Nothing taken for so long means that nothing more comes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>So soon orders are asked about again without anybody's word, less the time by which that may be early.</summary>
    private static readonly TimeSpan AskedByItself = TimeSpan.FromSeconds(50);

    /// <summary>Until a pass is well under way.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(700);
    private readonly Workplace _place;
    private readonly Panel _routed;
    private readonly Panel _other;
    private readonly Child _server;
    private readonly StandInPanel _provider;
    private readonly List<string> _problems = [];

    /// <summary>Since when none of the open orders was asked about.</summary>
    private long _quietSince;

    private ProvidersBench(Workplace place, Panel panel, Child server, StandInPanel provider)
    {
        (_place, _server, _provider) = (place, server, provider);
        IReadOnlyList<int> services = panel.Catalogue.DefaultServices;
        _routed = panel with { Catalogue = panel.Catalogue with { DefaultServices = [services[0]] } };
        _other = panel with { Catalogue = panel.Catalogue with { DefaultServices = [.. services.Skip(1)] } };
    }

    public static async Task<IReport> MeasureAsync(Workplace place)
    {
        Panel panel = await place.PreparePanelAsync();
        Machine machine = Machine.Describe(panel.Folder);
        await using StandInPanel provider = await StandInPanel.StartAsync();
        await using Child server = await panel.StartAsync();
        var bench = new ProvidersBench(place, panel, server, provider);
        try
        {
            await bench.RouteAsync();
            var stages = new List<ForwardedStage>();
            foreach (int orders in place.Options.Open)
            {
                stages.Add(await bench.StageAsync(orders));
            }
            await Workplace.SayAsync("verify");
            Verified verified = await panel.VerifyAsync();
            return new ProvidersReport(place, machine, stages, bench._problems, verified.Findings, Machine.Load());
        }
        catch (Exception)
        {
            await Workplace.SayAsync(server.LastLines());
            throw;
        }
    }

    /// <summary>So many calls are enough to ask about so many orders.</summary>
    public static int CallsFor(int orders) => (orders + Forms.IdsPerBatch - 1) / Forms.IdsPerBatch;

    private async Task RouteAsync()
    {
        await _routed.RunAsync(
            "provider", "add", Provider, "--url", _provider.Url.ToString(), "--key", StandInPanel.Key, "--internal",
            "--concurrency", "16", "--per-second", "10000");
        string service = _routed.Catalogue.DefaultServices[0].ToString(CultureInfo.InvariantCulture);
        await _routed.RunAsync("route", "add", service, Provider, StandInPanel.Service);
    }

    private async Task<ForwardedStage> StageAsync(int orders)
    {
        _provider.Say("In progress");
        Sent sent = await SendAsync(orders);
        var passes = new List<PollPass>
        {
            await PassAsync("all begin", orders),
            await PassAsync("nothing changed", orders),
        };
        _provider.Deliver(every: Tenth);
        passes.Add(await PassAsync("a tenth delivers", orders));
        _provider.Deliver(every: 1);
        passes.Add(await PassAsync("all deliver", orders));
        var beside = new List<BesidePass>();
        for (int i = 0; i < _place.Options.Pairs; i++)
        {
            beside.Add(await BesideAsync(orders));
        }
        _provider.Say("Completed");
        passes.Add(await PassAsync("all are completed", orders));
        Expect(await OpenAsync() == 0, $"{orders} orders: some are open after they were completed");
        return new ForwardedStage(sent, passes, beside);
    }

    private async Task<Sent> SendAsync(int orders)
    {
        using var progress = new Progress($"placing {orders} orders that are sent on");
        using var caller = new Caller(RowRun.Api(_server.Url));
        int before = _provider.Taken;
        int differentBefore = _provider.Different;
        _provider.Forget();
        TimeSpan cpu = _server.CpuTime();
        long begin = _quietSince = Stopwatch.GetTimestamp();
        Task<TimeSpan> placing = PlaceAsync(caller, orders, begin);
        double memory = 0;
        long takenAt = begin;
        for (int taken = 0; taken < orders && Stopwatch.GetElapsedTime(takenAt) < Patience;)
        {
            memory = Math.Max(memory, _server.RssAnonMiB());
            await Task.Delay(SendingPause);
            if (_provider.Taken - before is var now && now != taken)
            {
                (taken, takenAt) = (now, Stopwatch.GetTimestamp());
                progress.Report(taken, orders);
            }
        }
        TimeSpan placed = await placing;
        await UntilOpenAsync(orders);
        cpu = _server.CpuTime() - cpu;
        int adds = _provider.Calls("add");
        Expect(adds == orders, $"{orders} orders were sent by {adds} calls of add");
        int different = _provider.Different - differentBefore;
        Expect(different == orders, $"{orders} orders were placed and {different} different ones sent");
        return new Sent(
            orders, placed.TotalSeconds, Stopwatch.GetElapsedTime(begin, takenAt).TotalSeconds, adds,
            cpu.TotalMicroseconds / orders, memory);
    }

    private async Task<TimeSpan> PlaceAsync(Caller caller, int orders, long begin)
    {
        string[] bodies = Forms.Add(_routed, orders, seed: _provider.Taken);
        await Parallel.ForAsync(0, orders, new ParallelOptions { MaxDegreeOfParallelism = _place.Options.Connections },
            async (n, _) => Checks.OrderId(await caller.PostAsync(bodies[n])));
        return Stopwatch.GetElapsedTime(begin);
    }

    /// <summary>The last answers of the provider may still be on their way into the books.</summary>
    private async Task UntilOpenAsync(int orders)
    {
        const int looks = 20;
        int open = await OpenAsync();
        for (int i = 0; i < looks && open != orders; i++)
        {
            await Task.Delay(WarmUp);
            open = await OpenAsync();
        }
        Expect(open == orders, $"{orders} orders were sent and {open} are open");
    }

    /// <summary>What the panel says that the provider has.</summary>
    private async Task<int> OpenAsync()
    {
        using var json = JsonDocument.Parse(await _routed.RunAsync("provider", "list", "--json"));
        JsonElement row = json.RootElement[0];
        return row.GetProperty("open").GetInt32() + row.GetProperty("to_send").GetInt32();
    }

    private async Task<PollPass> PassAsync(string name, int orders)
    {
        await Workplace.SayAsync($"{orders} orders: {name}");
        _provider.Forget();
        long quietSince = _quietSince;
        _quietSince = Stopwatch.GetTimestamp();
        TimeSpan cpu = _server.CpuTime();
        Task<ChildRun> polling = Child.MeasureAsync(
            _routed.Program, ["provider", "poll", Provider, "--json", "--data", _routed.Folder]);
        double memory = 0;
        while (!polling.IsCompleted)
        {
            memory = Math.Max(memory, _server.RssAnonMiB());
            await Task.WhenAny(polling, Task.Delay(MemoryPause));
        }
        ChildRun run = await polling;
        double seconds = Stopwatch.GetElapsedTime(_provider.BalanceAskedAt).TotalSeconds;
        cpu = _server.CpuTime() - cpu;
        int calls = _provider.Calls("status");
        using var json = JsonDocument.Parse(run.Output);
        int unanswered = json.RootElement.GetProperty("unanswered").GetInt32();
        Expect(unanswered == 0, $"{name}: {unanswered} calls had no answer");
        bool isAlone = Stopwatch.GetElapsedTime(quietSince) < AskedByItself;
        if (isAlone)
        {
            Expect(_provider.AskedAbout == orders, $"{name}: asked about {_provider.AskedAbout} orders, of {orders} open ones");
            Expect(calls == CallsFor(orders), $"{name}: {orders} orders were asked about by {calls} calls");
        }
        Expect(_provider.Calls("add") == 0, $"{name}: {_provider.Calls("add")} orders were sent again");
        return new PollPass(
            name, orders, calls, _provider.Most, seconds, run.Seconds, cpu.TotalMicroseconds / orders, memory)
        {
            IsAlone = isAlone,
        };
    }

    /// <summary>Orders of other services, without a pass and then beside one after another, in which a tenth delivers.</summary>
    private async Task<BesidePass> BesideAsync(int orders)
    {
        var plan = new LoadPlan(
            RowRun.Api(_server.Url), Forms.Add(_other, 10_000), [Caller.Form], _place.Options.Connections,
            _place.Options.Seconds);
        await Workplace.SayAsync($"{orders} orders: add without a pass");
        LoadResult alone = await _place.Load.RunAsync(plan);
        _provider.Deliver(every: Tenth);
        Task<PollPass> passing = PassAsync("a tenth delivers, beside add", orders);
        await Task.WhenAny(passing, Task.Delay(WarmUp));
        Task<LoadResult> loading = _place.Load.RunAsync(plan);
        await passing;
        while (!loading.IsCompleted)
        {
            await PassAsync("a tenth delivers, beside add", orders);
        }
        LoadResult beside = await loading;
        Expect(alone.Errors + beside.Errors == 0, $"{alone.Errors} and {beside.Errors} failed answers of add");
        return new BesidePass(alone, beside);
    }

    private void Expect(bool condition, string problem)
    {
        if (!condition)
        {
            _problems.Add(problem);
        }
    }
}
