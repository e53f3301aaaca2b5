namespace PanelServer.Bench;

/// <summary>What one round of load asks for: bodies are picked at random, one per request.</summary>
internal sealed record LoadPlan(
    Uri Url, IReadOnlyList<string> Bodies, IReadOnlyList<(string Name, string Value)> Headers,
    int Connections, double Seconds);

/// <summary>What the generator saw. <see cref="Errors"/> counts answers that were neither 2xx nor 3xx, and broken connections.</summary>
internal sealed record LoadResult(long Requests, double Seconds, long Bytes, long Errors, double P50Ms, double P99Ms)
{
    public double PerSecond => Requests / Seconds;
}

/// <summary>A load generator: the floor and the server always get the same one.</summary>
internal interface ILoad
{
    string Name { get; }

    Task<LoadResult> RunAsync(LoadPlan plan);
}
