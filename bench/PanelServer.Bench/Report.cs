using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PanelServer.Bench;

/// <summary>The table, for people and for machines.</summary>
internal sealed record Report(
    BenchOptions Options, Machine Machine, string Generator, string Server, IReadOnlyList<RowResult> Rows,
    StartResult Start, string VerifyFindings, string LoadAfter)
{
    private const double MemoryGoalMiB = 200;
    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Every answer that was looked at was a success, nothing was lost, and the books are in order.</summary>
    public bool IsTrue => VerifyFindings.Length == 0 && Rows.All(row => row.Problems.Count == 0);

    private double PeakMiB => Rows.Select(row => row.PeakRssAnonMiB).DefaultIfEmpty(0).Max();

    private IEnumerable<(string Name, string Measured, string Goal, bool Met)> OtherGoals()
    {
        foreach (RowResult row in Rows.Where(row => row.Row.P99Goal is not null))
        {
            yield return ($"p99 of {row.Row.Name}", Invariant($"{row.P99Ratio:0.0} × the floor's"),
                Invariant($"≤ {row.Row.P99Goal} ×"), row.P99Ratio <= row.Row.P99Goal);
        }
        yield return ("RssAnon, the most seen under any row", Invariant($"{PeakMiB:0} MiB"),
            Invariant($"≤ {MemoryGoalMiB} MiB"), PeakMiB <= MemoryGoalMiB);
        yield return ("start to first answer",
            Invariant($"{Start.ServerMs:0} ms, {Start.Ratio:0.0} × an empty Kestrel's {Start.FloorMs:0} ms"),
            Invariant($"≤ {StartResult.Goal} ×"), Start.Ratio <= StartResult.Goal);
    }

    public string Text()
    {
        var text = new StringBuilder();
        text.AppendLine();
        text.AppendLine(
            "| call | per second | floor | ratio | goal | met | p50 ms | p99 ms | floor p99 | CPU µs | floor CPU | RssAnon MiB |");
        text.AppendLine("|---|--:|--:|--:|--:|---|--:|--:|--:|--:|--:|--:|");
        foreach (RowResult row in Rows)
        {
            text.AppendLine(Invariant(
                $"| {row.Row.Name} | {row.Of(p => p.Call.PerSecond):0} | {row.Of(p => p.Floor.PerSecond):0} ") +
                Invariant($"| {row.Ratio:0.0%} | ≥ {row.Row.Goal:0%} | {Word(row.Ratio >= row.Row.Goal)} ") +
                Invariant($"| {row.Of(p => p.Call.P50Ms):0.00} | {row.Of(p => p.Call.P99Ms):0.00} ") +
                Invariant($"| {row.Of(p => p.Floor.P99Ms):0.00} | {row.Of(p => p.CallCpuMicroseconds):0.0} ") +
                Invariant($"| {row.Of(p => p.FloorCpuMicroseconds):0.0} | {row.PeakRssAnonMiB:0} |"));
        }
        text.AppendLine().AppendLine("| besides | measured | goal | met |").AppendLine("|---|---|---|---|");
        foreach ((string name, string measured, string goal, bool met) in OtherGoals())
        {
            text.AppendLine(Invariant($"| {name} | {measured} | {goal} | {Word(met)} |"));
        }
        text.AppendLine();
        foreach (string note in Notes())
        {
            text.AppendLine("- " + note);
        }
        return text.ToString();
    }

    public string Json() => JsonSerializer.Serialize(new
    {
        machine = Machine,
        loadAfter = LoadAfter,
        generator = Generator,
        server = Server,
        seconds = Options.Seconds,
        pairs = Options.Pairs,
        orders = Options.Orders,
        services = Options.Services,
        rows = Rows.Select(row => new
        {
            call = row.Row.Name,
            connections = row.Row.Connections,
            answerBytes = row.AnswerBytes,
            ratio = row.Ratio,
            goal = row.Row.Goal,
            met = row.Ratio >= row.Row.Goal,
            p99Ratio = row.P99Ratio,
            rssAnonMiB = row.PeakRssAnonMiB,
            pairs = row.Pairs,
            problems = row.Problems,
        }),
        others = OtherGoals().Select(goal => new { goal.Name, goal.Measured, goal.Goal, goal.Met }),
        start = Start,
        verify = VerifyFindings,
        isTrue = IsTrue,
    }, Camel);

    private IEnumerable<string> Notes()
    {
        yield return Invariant($"{Machine.Cores} cores ({Machine.Processor}), shared by server, floor and generator; ") +
            $"{Machine.System}, {Machine.Runtime}; load averages before {Machine.LoadBefore}, after {LoadAfter}";
        yield return Invariant($"generator: {Generator}; {Options.Pairs} pairs per row, floor and call in turn, ") +
            Invariant($"{Options.Seconds} s each; medians, the ratio is the median of the pairs' ratios");
        yield return Invariant($"SQLite, WAL, synchronous=FULL as the server sets it; data folder on {Machine.FileSystem}, ") +
            Invariant($"where forcing an appended page to disk takes {Machine.SyncMicroseconds:0} µs (median)");
        yield return Invariant($"{Options.Services} services, {Options.Orders} orders placed over HTTP before the rows; ") +
            "the floor answers constants of the same size: " +
            string.Join(", ", Rows.Select(row => Invariant($"{row.Row.Name} {row.AnswerBytes} bytes")));
        if (Options.Smoke)
        {
            yield return "a smoke run: it shows that every row works, the figures mean nothing";
        }
        if (new DirectoryInfo(AppContext.BaseDirectory).Name != "release")
        {
            yield return "not a Release build: the figures mean nothing";
        }
        foreach (RowResult row in Rows.Where(row => row.Problems.Count > 0))
        {
            yield return $"NOT TRUE, {row.Row.Name}: {string.Join("; ", row.Problems.Take(3))}";
        }
        yield return VerifyFindings.Length == 0
            ? IsTrue
                ? "every answer looked at was a success, every answered order was made, and verify found nothing"
                : "verify found nothing"
            : $"VERIFY FAILED: {VerifyFindings}";
    }

    private static string Word(bool met) => met ? "yes" : "**no**";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
