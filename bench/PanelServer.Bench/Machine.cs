using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PanelServer.Bench;

/// <summary>What was measured on what. Ratios depend on it less than absolute figures do, but they depend on it.</summary>
internal sealed record Machine(
    int Cores, string Processor, string System, string Runtime, string FileSystem, double SyncMicroseconds,
    string LoadBefore)
{
    private const int Syncs = 200;
    private const int Page = 4096;

    public static Machine Describe(string folder) => new(
        Environment.ProcessorCount,
        Value("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        FileSystemOf(folder),
        MeasureSync(folder),
        Load());

    /// <summary>The kernel's load averages: more than a little means that the machine was not quiet.</summary>
    public static string Load() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3));

    /// <summary>The type of the mount with the longest matching path.</summary>
    private static string FileSystemOf(string folder) => File.ReadLines("/proc/mounts")
        .Select(line => line.Split(' '))
        .Where(mount => mount[1] == "/" || folder == mount[1] ||
            folder.StartsWith(mount[1] + "/", StringComparison.Ordinal))
        .MaxBy(mount => mount[1].Length)?[2] ?? "unknown";

    /// <summary>The median of appending a page and forcing it to the disk: what a commit cannot be faster than.</summary>
    private static double MeasureSync(string folder)
    {
        string path = Path.Combine(folder, "sync.tmp");
        var times = new double[Syncs];
        using (FileStream file = File.Create(path, 0))
        {
            byte[] page = new byte[Page];
            for (int i = 0; i < Syncs; i++)
            {
                long begin = Stopwatch.GetTimestamp();
                file.Write(page);
                file.Flush(flushToDisk: true);
                times[i] = Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
            }
        }
        File.Delete(path);
        return Median.Of(times);
    }

    private static string? Value(string file, string name) => File.ReadLines(file)
        .FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
}
