using System.Globalization;

namespace PanelServer.Bench;

/// <summary>What a run found, for people and for machines.</summary>
internal interface IReport
{
    /// <summary>Every answer that was looked at was a success, nothing was lost, and the books are in order.</summary>
    bool IsTrue { get; }

    string Text();

    string Json();
}

/// <summary>
/// Where a run works: a folder of its own, the published server, a generator. The exit code says whether what was measured
/// was true, never whether it was fast.
/// </summary>
internal sealed record Workplace(BenchOptions Options, string Folder, string Server, ILoad Load)
{
    public static async Task<int> RunAsync(BenchOptions options, Func<Workplace, Task<IReport>> measure)
    {
        string name = TimeProvider.System.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string folder = Directory.CreateDirectory(
            Path.Combine(options.Data ?? Path.Combine(Programs.Artifacts, "bench"), name)).FullName;
        try
        {
            if (options.Server is null)
            {
                await SayAsync("publishing the server");
            }
            string server = options.Server ?? await Programs.PublishServerAsync();
            ILoad load = options.Generator is not "own" && WrkLoad.Find() is { } wrk
                ? new WrkLoad(wrk, folder)
                : new SocketLoad();
            IReport report = await measure(new Workplace(options, folder, server, load));
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
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    /// <summary>A panel that nobody has ordered from.</summary>
    public async Task<Panel> PreparePanelAsync()
    {
        string data = Directory.CreateDirectory(Path.Combine(Folder, "data")).FullName;
        await SayAsync($"preparing {data}: {Options.Services} services");
        return await Panel.PrepareAsync(Server, data, Options.Services);
    }

    public static Task SayAsync(string line) => Console.Error.WriteLineAsync(line);
}
