namespace PanelServer.Bench;

/// <summary><c>bench http</c>: prepares a panel, loads it and the floor in turn.</summary>
internal static class HttpBench
{
    public static async Task<IReport> MeasureAsync(Workplace place)
    {
        BenchOptions options = place.Options;
        Panel panel = await place.PreparePanelAsync();
        Machine machine = Machine.Describe(panel.Folder);
        Commits commits = await Commits.PrepareAsync(place, panel);
        await Workplace.SayAsync($"{options.Orders} orders");
        IReadOnlyList<long> orders;
        await using (Child filling = await panel.StartAsync())
        {
            using var filler = new Caller(RowRun.Api(filling.Url));
            orders = await panel.PlaceOrdersAsync(filler, options.Orders, options.Connections);
        }

        await Workplace.SayAsync("start to first answer");
        StartResult start = await StartBench.RunAsync(options.Starts, panel);
        await using Child floor = await Programs.StartFloorAsync();
        await using Child child = await panel.StartAsync();
        try
        {
            IReadOnlyList<RowResult> rows = await LoadAsync(place, panel, orders, commits, floor, child);
            await Workplace.SayAsync("verify");
            Verified verified = await panel.VerifyAsync();
            return new HttpReport(place, machine, rows, start, verified.Findings, Machine.Load());
        }
        catch (HttpRequestException)
        {
            await Workplace.SayAsync(child.LastLines());
            throw;
        }
    }

    private static async Task<IReadOnlyList<RowResult>> LoadAsync(
        Workplace place, Panel panel, IReadOnlyList<long> orders, Commits commits, Child floor, Child child)
    {
        var rows = new List<RowResult>();
        using var caller = new Caller(RowRun.Api(child.Url));
        var run = new RowRun(place, Baseline.Floor(floor), child, caller) { Commits = commits };
        foreach (Row row in await Row.AllAsync(place.Options, panel, orders, caller))
        {
            await Workplace.SayAsync(row.Name);
            rows.Add(await run.RunAsync(row));
        }
        return rows;
    }
}
