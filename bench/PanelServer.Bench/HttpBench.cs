using System.Globalization;

namespace PanelServer.Bench;

/// <summary>
/// <c>bench http</c>: prepares a panel, loads it and the floor in turn, prints the table. The exit code says whether what
/// was measured was true (all answers successes, books in order), never whether it was fast.
/// </summary>
internal static class HttpBench
{
    private const string BenchName = "PanelServer.Bench";

    public static async Task<int> RunAsync(BenchOptions options)
    {
        string name = TimeProvider.System.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string scratch = Directory.CreateDirectory(
            Path.Combine(options.Data ?? Path.Combine(Artifacts(), "bench"), name)).FullName;
        try
        {
            Report report = await MeasureAsync(options, scratch);
            Console.WriteLine(report.Text());
            if (options.Json is not null)
            {
                await File.WriteAllTextAsync(options.Json, report.Json());
            }
            return report.IsTrue ? 0 : 1;
        }
        finally
        {
            if (!options.Keep)
            {
                Directory.Delete(scratch, recursive: true);
            }
        }
    }

    private static async Task<Report> MeasureAsync(BenchOptions options, string scratch)
    {
        string server = options.Server ?? Beside("PanelServer", "panelserver");
        string folder = Directory.CreateDirectory(Path.Combine(scratch, "data")).FullName;
        Machine machine = Machine.Describe(folder);
        ILoad load = options.Generator is not "own" && WrkLoad.Find() is { } wrk
            ? new WrkLoad(wrk, scratch)
            : new SocketLoad();

        await SayAsync($"preparing {folder}: {options.Services} services, {options.Orders} orders");
        Panel panel = await Panel.PrepareAsync(server, folder, options.Services);
        IReadOnlyList<long> orders;
        await using (Child filling = await panel.StartAsync())
        {
            using var filler = new Caller(RowRun.Api(filling.Url));
            orders = await panel.PlaceOrdersAsync(filler, options.Orders, options.Connections);
        }

        await SayAsync("start to first answer");
        StartResult start = await StartBench.RunAsync(options.Starts, StartFloorAsync, panel);
        await using Child floor = await StartFloorAsync();
        await using Child child = await panel.StartAsync();
        try
        {
            IReadOnlyList<RowResult> rows = await LoadAsync(options, load, panel, orders, floor, child);
            await SayAsync("verify");
            string findings = await panel.VerifyAsync();
            return new Report(options, machine, load.Name, server, rows, start, findings, Machine.Load());
        }
        catch (HttpRequestException)
        {
            await SayAsync(child.LastLines());
            throw;
        }
    }

    private static async Task<IReadOnlyList<RowResult>> LoadAsync(
        BenchOptions options, ILoad load, Panel panel, IReadOnlyList<long> orders, Child floor, Child child)
    {
        var rows = new List<RowResult>();
        using var caller = new Caller(RowRun.Api(child.Url));
        foreach (Row row in await Row.AllAsync(options, panel, orders, caller))
        {
            await SayAsync(row.Name);
            rows.Add(await new RowRun(options, load, floor, child, caller).RunAsync(row));
        }
        return rows;
    }

    private static Task<Child> StartFloorAsync() =>
        Child.StartAsync(Beside(BenchName, BenchName), ["floor"], new Dictionary<string, string>());

    /// <summary>The program of another project, built with the configuration of this one.</summary>
    private static string Beside(string project, string name)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        string program = Path.Combine(Artifacts(), "bin", project, configuration, name);
        return File.Exists(program) ? program : program + ".dll";
    }

    private static string Artifacts() =>
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", ".."));

    private static Task SayAsync(string line) => Console.Error.WriteLineAsync(line);
}
