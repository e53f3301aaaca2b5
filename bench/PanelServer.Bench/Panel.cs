using System.Collections.Concurrent;
using System.Text.Json;

namespace PanelServer.Bench;

/// <summary>What <c>verify</c> said.</summary>
/// <param name="Findings">Empty when the books are in order; otherwise what is wrong.</param>
/// <param name="Seconds">From starting the program to its end.</param>
/// <param name="RssAnonMiB">The most own memory that was seen.</param>
internal sealed record Verified(string Findings, double Seconds, double RssAnonMiB);

/// <summary>A panel made with the command line on a fresh data folder, as an operator would make it.</summary>
internal sealed record Panel(string Program, string Folder, string Key, Catalogue Catalogue)
{
    private const string Reseller = "bench";
    private static readonly Dictionary<string, string> Environment = new()
    {
        // One key gets all the load here, so what a key may do is not the question.
        ["PANEL__Limits__CallsPerSecond"] = "0",
        ["PANEL__Limits__ConcurrentCalls"] = "0",
        ["PANEL__Limits__FailedKeysPerMinute"] = "0",
    };

    public const string DatabaseName = "panel.db";

    public string DatabaseFile => Path.Combine(Folder, DatabaseName);

    public string Form(string action) => $"key={Uri.EscapeDataString(Key)}&action={action}";

    public static async Task<Panel> PrepareAsync(string program, string folder, int services)
    {
        Catalogue catalogue = Catalogue.Of(services);
        string import = Path.Combine(Path.GetDirectoryName(folder)!, "services.json");
        await File.WriteAllTextAsync(import, catalogue.Json);
        await Child.RunAsync(program, ["reseller", "add", Reseller, "--balance", "1000000000", "--data", folder]);
        string issued = await Child.RunAsync(program, ["key", "issue", Reseller, "--json", "--data", folder]);
        using var json = JsonDocument.Parse(issued);
        string key = json.RootElement.GetProperty("key").GetString()!;
        await Child.RunAsync(program, ["service", "import", import, "--data", folder]);
        return new Panel(program, folder, key, catalogue);
    }

    public Task<Child> StartAsync() =>
        Child.StartAsync(Program, ["serve", "--urls", "http://127.0.0.1:0", "--data", Folder], Environment);

    /// <summary>Runs a verb on the panel and returns what it printed.</summary>
    public Task<string> RunAsync(params IEnumerable<string> verb) => Child.RunAsync(Program, [.. verb, "--data", Folder]);

    /// <summary>Places orders over HTTP and returns their ids.</summary>
    public async Task<IReadOnlyList<long>> PlaceOrdersAsync(Caller caller, int orders, int connections)
    {
        string[] bodies = Forms.Add(this, Math.Min(orders, 10_000));
        var ids = new ConcurrentBag<long>();
        await Parallel.ForAsync(0, orders, new ParallelOptions { MaxDegreeOfParallelism = connections },
            async (n, _) => ids.Add(Checks.OrderId(await caller.PostAsync(bodies[n % bodies.Length]))));
        return [.. ids.Order()];
    }

    public async Task<Verified> VerifyAsync()
    {
        try
        {
            ChildRun run = await Child.MeasureAsync(Program, ["verify", "--json", "--data", Folder]);
            using var json = JsonDocument.Parse(run.Output);
            bool isRight = json.RootElement.GetProperty("ok").GetBoolean();
            return new Verified(isRight ? "" : run.Output, run.Seconds, run.RssAnonMiB);
        }
        catch (InvalidOperationException refused)
        {
            return new Verified(refused.Message, 0, 0);
        }
    }

    /// <summary>The newest orders, as an operator lists them, from starting the program to its end.</summary>
    /// <returns>Seconds.</returns>
    /// <exception cref="InvalidOperationException">What was listed are not the newest orders.</exception>
    public async Task<double> ListAsync(long newest)
    {
        const int listed = 50;
        ChildRun run = await Child.MeasureAsync(
            Program, ["order", "list", "--reseller", Reseller, "--json", "--data", Folder]);
        using var json = JsonDocument.Parse(run.Output);
        long[] ids = [.. json.RootElement.EnumerateArray().Select(order => order.GetProperty("id").GetInt64())];
        return ids.SequenceEqual(Enumerable.Range(0, listed).Select(n => newest - n))
            ? run.Seconds
            : throw new InvalidOperationException($"order list began with {string.Join(' ', ids.Take(3))}, not with {newest}");
    }

    /// <summary>Bytes of the database on disk, its log included.</summary>
    public long Bytes() => Directory.EnumerateFiles(Folder, DatabaseName + "*").Sum(file => new FileInfo(file).Length);
}
