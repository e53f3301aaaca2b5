using System.Diagnostics;

namespace PanelServer.Bench;

internal sealed record StartResult(double FloorMs, double ServerMs)
{
    public const double Goal = 2;
    public double Ratio => ServerMs / FloorMs;
}

/// <summary>From creating the process to the end of the first answered call, in turn with an empty Kestrel program.</summary>
internal static class StartBench
{
    public static async Task<StartResult> RunAsync(int times, Panel panel)
    {
        var floors = new List<double>();
        var servers = new List<double>();
        for (int i = 0; i < times; i++)
        {
            floors.Add(await FirstAnswerAsync(await Programs.StartFloorAsync(), url => new Uri(url, "/43"), panel.Form("balance")));
            servers.Add(await FirstAnswerAsync(await panel.StartAsync(), RowRun.Api, panel.Form("balance")));
        }
        return new StartResult(Median.Of(floors), Median.Of(servers));
    }

    private static async Task<double> FirstAnswerAsync(Child started, Func<Uri, Uri> path, string body)
    {
        await using Child child = started;
        using var caller = new Caller(path(child.Url));
        Answer answer = await caller.PostAsync(body);
        double elapsed = Stopwatch.GetElapsedTime(child.StartedAt).TotalMilliseconds;
        return answer.Status == 200
            ? elapsed
            : throw new InvalidOperationException($"the first answer was {answer.Status}");
    }
}
