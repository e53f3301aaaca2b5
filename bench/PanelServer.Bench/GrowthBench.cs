namespace PanelServer.Bench;

/// <summary>What was measured at one size.</summary>
/// <param name="Orders">In the panel when the rows began.</param>
/// <param name="BytesPerOrder">Of the database file, beyond what it held without orders.</param>
/// <param name="ListSeconds">An operator lists a reseller's newest orders.</param>
/// <param name="VerifiedOrders">In the panel when it was verified.</param>
internal sealed record GrowthStage(
    long Orders, double BytesPerOrder, StartResult Start, IReadOnlyList<RowResult> Rows, double ListSeconds,
    long VerifiedOrders, Verified Verified)
{
    public RowResult Add => Rows[^1];
}

/// <summary><c>bench growth</c>: one panel that grows, and at each size the calls that might suffer from it.</summary>
internal static class GrowthBench
{
    /// <summary>From here on a panel counts as grown.</summary>
    private const long Grown = 1_000_000;

    public static async Task<IReport> MeasureAsync(Workplace place)
    {
        Panel panel = await place.PreparePanelAsync();
        Machine machine = Machine.Describe(panel.Folder);
        long emptyBytes = panel.Bytes();
        var filling = new Filling(place, panel);
        await using Child floor = await Programs.StartFloorAsync();
        var stages = new List<GrowthStage>();
        foreach (int size in place.Options.Sizes)
        {
            await filling.GrowToAsync(size);
            stages.Add(await MeasureAsync(place, panel, filling, floor, emptyBytes));
        }
        return new GrowthReport(place, machine, stages, filling.Rate, Machine.Load());
    }

    private static async Task<GrowthStage> MeasureAsync(
        Workplace place, Panel panel, Filling filling, Child floor, long emptyBytes)
    {
        long orders = filling.Orders;
        double bytes = (double)(panel.Bytes() - emptyBytes) / orders;
        await Workplace.SayAsync($"{orders} orders: start to first answer");
        StartResult start = await StartBench.RunAsync(place.Options.Starts, panel);

        await using Child server = await panel.StartAsync();
        using var caller = new Caller(RowRun.Api(server.Url));
        IReadOnlyList<RowResult> rows = await LoadAsync(place, panel, filling, floor, server, caller);
        await filling.CountAsync(caller);

        await Workplace.SayAsync($"{filling.Orders} orders: order list, verify");
        var lists = new List<double>();
        for (int i = 0; i < place.Options.Starts; i++)
        {
            lists.Add(await panel.ListAsync(filling.Newest));
        }
        Verified verified = await panel.VerifyAsync();
        return new GrowthStage(orders, bytes, start, rows, Median.Of(lists), filling.Orders, verified);
    }

    private static async Task<IReadOnlyList<RowResult>> LoadAsync(
        Workplace place, Panel panel, Filling filling, Child floor, Child server, Caller caller)
    {
        int connections = place.Options.Connections;
        Row one = new(
            "status, one", filling.Orders < Grown ? 0.80 : 0.70, connections,
            Forms.Status(panel, filling.Scattered(100_000)), Checks.State);
        Row many = new(
            "status, 100 ids, against EF Core", 3, connections,
            Forms.Statuses(panel, filling.Batches(5_000)), Checks.States(Forms.IdsPerBatch));
        Row add = new($"add, {connections} connections", 0.40, connections, Forms.Add(panel, 10_000), Checks.Add)
        {
            PlacesOrders = true,
            P99Goal = filling.Orders < Grown ? 4 : null,
        };
        var run = new RowRun(place, Baseline.Floor(floor), server, caller);
        await SayAsync(filling, one);
        RowResult oneResult = await run.RunAsync(one);
        await SayAsync(filling, many);
        RowResult manyResult = await AgainstEfCoreAsync(place, panel, server, caller, many);
        await SayAsync(filling, add);
        return [oneResult, manyResult, await run.RunAsync(add)];
    }

    private static async Task<RowResult> AgainstEfCoreAsync(
        Workplace place, Panel panel, Child server, Caller caller, Row row)
    {
        await using Child endpoint = await Child.StartAsync(
            Programs.Inside, ["ef", panel.DatabaseFile], new Dictionary<string, string>());
        return await new RowRun(place, Baseline.EfCore(endpoint), server, caller).RunAsync(row);
    }

    private static Task SayAsync(Filling filling, Row row) => Workplace.SayAsync($"{filling.Orders} orders: {row.Name}");
}
