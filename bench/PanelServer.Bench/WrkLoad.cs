using System.Globalization;
using System.Text;

namespace PanelServer.Bench;

/// <summary>Load by wrk, with a script written for the plan: it picks one of the prepared requests at random.</summary>
internal sealed class WrkLoad(string program, string scratch) : ILoad
{
    private const string Result = "RESULT ";
    private static readonly int Threads = Math.Min(2, Environment.ProcessorCount);

    public string Name => $"wrk, {Threads} threads, on the same cores";

    public static string? Find() =>
        new[] { "/usr/bin/wrk", "/usr/local/bin/wrk" }.FirstOrDefault(File.Exists);

    public async Task<LoadResult> RunAsync(LoadPlan plan)
    {
        string bodies = Path.Combine(scratch, "bodies.txt");
        string script = Path.Combine(scratch, "load.lua");
        await File.WriteAllLinesAsync(bodies, plan.Bodies);
        await File.WriteAllTextAsync(script, Script(plan));
        int seconds = Math.Max(1, (int)Math.Round(plan.Seconds));
        string output = await Child.RunAsync(program,
        [
            $"-t{Threads}",
            $"-c{plan.Connections}",
            $"-d{seconds}s",
            "-s", script, plan.Url.ToString(), "--", bodies,
        ]);
        string line = output.Split('\n').FirstOrDefault(line => line.StartsWith(Result, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"wrk printed no result:\n{output}");
        double[] figures = [.. line[Result.Length..].Split(' ')
            .Select(figure => double.Parse(figure, CultureInfo.InvariantCulture))];
        return new LoadResult(
            (long)figures[0], figures[1] / 1e6, (long)figures[2], (long)figures[3], figures[4] / 1e3, figures[5] / 1e3);
    }

    private static string Script(LoadPlan plan)
    {
        var head = new StringBuilder($"POST {plan.Url.PathAndQuery} HTTP/1.1\\r\\nHost: {plan.Url.Authority}\\r\\n");
        foreach ((string name, string value) in plan.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value.Replace("\"", "\\\"", StringComparison.Ordinal)}\\r\\n");
        }
        return $$"""
            local count = 0
            function setup(thread)
              count = count + 1
              thread:set("number", count)
            end
            local requests, n = {}, 0
            function init(args)
              math.randomseed(7919 * number)
              for body in io.lines(args[1]) do
                n = n + 1
                requests[n] = "{{head}}Content-Length: " .. #body .. "\r\n\r\n" .. body
              end
            end
            function request()
              return requests[math.random(n)]
            end
            function done(summary, latency, all)
              local e = summary.errors
              io.write(string.format("{{Result}}%d %d %d %d %.1f %.1f\n", summary.requests, summary.duration,
                summary.bytes, e.connect + e.read + e.write + e.status + e.timeout,
                latency:percentile(50), latency:percentile(99)))
            end

            """;
    }
}
