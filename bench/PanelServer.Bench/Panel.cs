using System.Collections.Concurrent;
using System.Text.Json;

namespace PanelServer.Bench;

/// <summary>A panel made with the command line on a fresh data folder, as an operator would make it.</summary>
internal sealed record Panel(string Program, string Folder, string Key, Catalogue Catalogue)
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        // One key gets all the load here, so what a key may do is not the question.
        ["PANEL__Limits__CallsPerSecond"] = "0",
        ["PANEL__Limits__ConcurrentCalls"] = "0",
        ["PANEL__Limits__FailedKeysPerMinute"] = "0",
    };

    public string Form(string action) => $"key={Uri.EscapeDataString(Key)}&action={action}";

    public static async Task<Panel> PrepareAsync(string program, string folder, int services)
    {
        Catalogue catalogue = Catalogue.Of(services);
        string import = Path.Combine(Path.GetDirectoryName(folder)!, "services.json");
        await File.WriteAllTextAsync(import, catalogue.Json);
        await Child.RunAsync(program, ["reseller", "add", "bench", "--balance", "1000000000", "--data", folder]);
        string issued = await Child.RunAsync(program, ["key", "issue", "bench", "--json", "--data", folder]);
        using var json = JsonDocument.Parse(issued);
        string key = json.RootElement.GetProperty("key").GetString()!;
        await Child.RunAsync(program, ["service", "import", import, "--data", folder]);
        return new Panel(program, folder, key, catalogue);
    }

    public Task<Child> StartAsync() =>
        Child.StartAsync(Program, ["serve", "--urls", "http://127.0.0.1:0", "--data", Folder], Environment);

    /// <summary>Places orders over HTTP and returns their ids.</summary>
    public async Task<IReadOnlyList<long>> PlaceOrdersAsync(Caller caller, int orders, int connections)
    {
        string[] bodies = Forms.Add(this, Math.Min(orders, 10_000));
        var ids = new ConcurrentBag<long>();
        await Parallel.ForAsync(0, orders, new ParallelOptions { MaxDegreeOfParallelism = connections },
            async (n, _) => ids.Add(Checks.OrderId(await caller.PostAsync(bodies[n % bodies.Length]))));
        return [.. ids.Order()];
    }

    /// <summary>Empty when the books are in order; otherwise what is wrong.</summary>
    public async Task<string> VerifyAsync()
    {
        try
        {
            string output = await Child.RunAsync(Program, ["verify", "--json", "--data", Folder]);
            using var json = JsonDocument.Parse(output);
            return json.RootElement.GetProperty("ok").GetBoolean() ? "" : output;
        }
        catch (InvalidOperationException refused)
        {
            return refused.Message;
        }
    }
}
