using System.Globalization;
using System.Text.Json;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace PanelServer.Bench.Inside;

/// <summary>One line of the table.</summary>
internal sealed record MicroRow(string What, double MeanNs, double StandardErrorNs, long AllocatedBytes);

/// <summary>
/// <c>micro</c>: single pieces of a call, by BenchmarkDotNet (docs/decisions/0018). In this process: it builds no project
/// and fetches nothing.
/// </summary>
internal static class Micro
{
    /// <summary>By default it goes on until the error is small, which on a busy machine is very long.</summary>
    private static readonly Job Bounded = Job.Default
        .WithIterationTime(TimeInterval.FromMilliseconds(250))
        .WithMaxWarmupCount(10)
        .WithMaxIterationCount(20);

    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <returns>0 when every benchmark ran and its results were right, 1 otherwise.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        bool smoke = args.Contains("--smoke");
        string scratch = Directory.CreateTempSubdirectory("panelserver-micro-").FullName;
        var log = new AccumulationLogger();
        try
        {
            IConfig config = ManualConfig.CreateEmpty()
                .AddJob((smoke ? Job.Dry : Bounded).WithToolchain(InProcessEmitToolchain.Instance))
                .AddDiagnoser(MemoryDiagnoser.Default)
                .AddColumnProvider(DefaultColumnProviders.Instance)
                .AddLogger(log)
                .WithArtifactsPath(scratch)
                .WithOptions(ConfigOptions.DisableLogFile);
            var rows = new List<MicroRow>();
            foreach (Type benchmarks in new[] { typeof(FormParser), typeof(Pricing), typeof(Wording) })
            {
                await Console.Error.WriteLineAsync(benchmarks.Name);
                Summary summary = BenchmarkRunner.Run(benchmarks, config);
                if (summary.HasCriticalValidationErrors || summary.Reports.IsEmpty || summary.Reports.Any(r => !r.Success))
                {
                    await Console.Error.WriteLineAsync(log.GetLog());
                    return 1;
                }
                rows.AddRange(summary.Reports.Select(RowOf));
            }
            Print(rows, smoke);
            if (Array.IndexOf(args, "--json") is var at and >= 0)
            {
                await File.WriteAllTextAsync(
                    args[at + 1],
                    JsonSerializer.Serialize(new { mode = "micro", smoke, processor = Processor(), rows }, Camel));
            }
            return 0;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static MicroRow RowOf(BenchmarkReport report)
    {
        BenchmarkCase benchmark = report.BenchmarkCase;
        string what = string.Join(
            ", ",
            benchmark.Parameters.Items.Select(item => item.Value.ToString())
                .Prepend(benchmark.Descriptor.WorkloadMethodDisplayInfo.Trim('\'')));
        return new MicroRow(
            what,
            report.ResultStatistics!.Mean,
            report.ResultStatistics.StandardError,
            report.GcStats.GetBytesAllocatedPerOperation(benchmark) ?? 0);
    }

    private static void Print(List<MicroRow> rows, bool smoke)
    {
        Console.WriteLine();
        Console.WriteLine("| what | mean ns | ± ns | allocated bytes |");
        Console.WriteLine("|---|--:|--:|--:|");
        foreach (MicroRow row in rows)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {row.What} | {row.MeanNs:0.0} | {row.StandardErrorNs:0.0} | {row.AllocatedBytes} |"));
        }
        Console.WriteLine();
        Console.WriteLine($"- BenchmarkDotNet {typeof(BenchmarkRunner).Assembly.GetName().Version?.ToString(3)}, in one process; {Processor()}");
        Console.WriteLine("- each result was compared with what it should be before it was measured");
        if (smoke)
        {
            Console.WriteLine("- a smoke run: it shows that every row works, the figures mean nothing");
        }
    }

    private static string Processor() => File.ReadLines("/proc/cpuinfo")
        .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
        ?? "unknown processor";
}
