using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PanelServer.Bench;

/// <summary>One line of the second table.</summary>
/// <param name="Goal">Empty where there is none.</param>
/// <param name="Met">Null where there is no goal.</param>
internal sealed record Besides(string Name, string Measured, string Goal = "", bool? Met = null);

/// <summary>The tables and notes that reports have in common.</summary>
internal static class Tables
{
    public const double MemoryGoalMiB = 200;

    /// <summary>Something over nothing is no number, and must not cost a whole run.</summary>
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static void AppendRows(StringBuilder text, IEnumerable<RowResult> rows)
    {
        text.AppendLine(
            "| call | per second | floor | ratio | goal | met | p50 ms | p99 ms | floor p99 | CPU µs | floor CPU | RssAnon MiB |");
        text.AppendLine("|---|--:|--:|--:|--:|---|--:|--:|--:|--:|--:|--:|");
        foreach (RowResult row in rows)
        {
            text.AppendLine(Invariant(
                $"| {row.Row.Name} | {row.Of(p => p.Call.PerSecond):0} | {row.Of(p => p.Floor.PerSecond):0} ") +
                Invariant($"| {row.Ratio:0.0%} | ≥ {row.Row.Goal:0%} | {Word(row.Ratio >= row.Row.Goal)} ") +
                Invariant($"| {row.Of(p => p.Call.P50Ms):0.00} | {row.Of(p => p.Call.P99Ms):0.00} ") +
                Invariant($"| {row.Of(p => p.Floor.P99Ms):0.00} | {row.Of(p => p.CallCpuMicroseconds):0.0} ") +
                Invariant($"| {row.Of(p => p.FloorCpuMicroseconds):0.0} | {row.PeakRssAnonMiB:0} |"));
        }
    }

    public static void AppendBesides(StringBuilder text, IEnumerable<Besides> besides)
    {
        text.AppendLine().AppendLine("| besides | measured | goal | met |").AppendLine("|---|---|---|---|");
        foreach (Besides one in besides)
        {
            text.AppendLine(Invariant($"| {one.Name} | {one.Measured} | {one.Goal} | {(one.Met is { } met ? Word(met) : "")} |"));
        }
    }

    public static void AppendNotes(StringBuilder text, IEnumerable<string> notes)
    {
        text.AppendLine();
        foreach (string note in notes)
        {
            text.AppendLine("- " + note);
        }
    }

    public static IEnumerable<Besides> OfRow(RowResult row, string where = "")
    {
        if (row.Row.P99Goal is { } p99)
        {
            yield return new($"p99 of {row.Row.Name}{where}", Invariant($"{row.P99Ratio:0.0} × the floor's"),
                Invariant($"≤ {p99} ×"), row.P99Ratio <= p99);
        }
        if (row.Row.CommitGoal is { } commits)
        {
            yield return new(
                Invariant($"{row.Row.Name}, against {row.Row.Connections} to a commit in process"),
                Invariant($"{row.CommitRatio:0.0%} of {row.Of(pair => pair.CommitsPerSecond):0} per second"),
                Invariant($"≥ {commits:0%}"), row.CommitRatio >= commits);
        }
    }

    public static Besides Memory(IEnumerable<RowResult> rows)
    {
        double peak = rows.Select(row => row.PeakRssAnonMiB).DefaultIfEmpty(0).Max();
        return new("RssAnon, the most seen under any row", Invariant($"{peak:0} MiB"),
            Invariant($"≤ {MemoryGoalMiB} MiB"), peak <= MemoryGoalMiB);
    }

    public static Besides Start(StartResult start, string where = "") => new(
        $"start to first answer{where}",
        Invariant($"{start.ServerMs:0} ms, {start.Ratio:0.0} × an empty Kestrel's {start.FloorMs:0} ms"),
        Invariant($"≤ {StartResult.Goal} ×"), start.Ratio <= StartResult.Goal);

    /// <summary>On what and how it was measured.</summary>
    public static IEnumerable<string> Surroundings(Workplace place, Machine machine, string loadAfter)
    {
        BenchOptions options = place.Options;
        yield return Invariant($"{machine.Cores} cores ({machine.Processor}), shared by server, floor and generator; ") +
            $"{machine.System}, {machine.Runtime}; load averages before {machine.LoadBefore}, after {loadAfter}";
        yield return Invariant($"generator: {place.Load.Name}; {options.Pairs} pairs per row, floor and call in turn, ") +
            Invariant($"{options.Seconds} s each; medians, the ratio is the median of the pairs' ratios");
        yield return Invariant($"SQLite, WAL, synchronous=FULL as the server sets it; data folder on {machine.FileSystem}, ") +
            Invariant($"where forcing an appended page to disk takes {machine.SyncMicroseconds:0} µs (median)");
        yield return options.Server is { } server
            ? $"the server: {server}"
            : "the server as operators publish it; the floor as the bench is built, and nearly all it runs is the framework";
        if (options.Smoke)
        {
            yield return "a smoke run: it shows that every row works, the figures mean nothing";
        }
        if (new DirectoryInfo(AppContext.BaseDirectory).Name != "release")
        {
            yield return "not a Release build: the figures mean nothing";
        }
    }

    /// <summary>What was wrong with rows.</summary>
    public static IEnumerable<string> Problems(IEnumerable<RowResult> rows) => rows
        .Where(row => row.Problems.Count > 0)
        .Select(row => $"NOT TRUE, {row.Row.Name}: {string.Join("; ", row.Problems.Take(3))}");

    /// <summary>A row for machines.</summary>
    public static object Plain(RowResult row) => new
    {
        call = row.Row.Name,
        connections = row.Row.Connections,
        answerBytes = row.AnswerBytes,
        ratio = row.Ratio,
        goal = row.Row.Goal,
        met = row.Ratio >= row.Row.Goal,
        p99Ratio = row.P99Ratio,
        commitRatio = row.Row.CommitGoal is null ? (double?)null : row.CommitRatio,
        rssAnonMiB = row.PeakRssAnonMiB,
        pairs = row.Pairs,
        problems = row.Problems,
    };

    public static string Json(object report) => JsonSerializer.Serialize(report, Readable);

    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Word(bool met) => met ? "yes" : "**no**";
}
