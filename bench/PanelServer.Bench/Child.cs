using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace PanelServer.Bench;

/// <summary>A program that has run to its end.</summary>
/// <param name="Output">What it printed.</param>
/// <param name="Seconds">From just before the process was created to its end.</param>
/// <param name="RssAnonMiB">The most own memory that was seen.</param>
internal sealed record ChildRun(string Output, double Seconds, double RssAnonMiB);

/// <summary>A server run as its own process, and what the kernel says about it.</summary>
internal sealed class Child : IAsyncDisposable
{
    private const string Ready = "listening on ";
    private const int TermSignal = 15;
    private const int TicksPerSecond = 100; // USER_HZ, the same on every Linux that .NET runs on
    private static readonly TimeSpan MemoryPause = TimeSpan.FromMilliseconds(20);
    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();

    private Child(Process process) => _process = process;

    public Uri Url { get; private set; } = new("http://127.0.0.1/");

    /// <summary>From just before the process was created.</summary>
    public long StartedAt { get; private init; }

    public static async Task<Child> StartAsync(
        string program, IEnumerable<string> args, IReadOnlyDictionary<string, string> environment)
    {
        ProcessStartInfo info = StartInfo(program, args);
        foreach ((string name, string value) in environment)
        {
            info.Environment[name] = value;
        }
        long startedAt = Stopwatch.GetTimestamp();
        Process process = Process.Start(info) ?? throw new InvalidOperationException($"{program} did not start");
        var child = new Child(process) { StartedAt = startedAt };
        process.ErrorDataReceived += (_, line) => child.Remember(line.Data);
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            child.Remember(line);
            if (line.StartsWith(Ready, StringComparison.Ordinal))
            {
                child.Url = new Uri(line[Ready.Length..].Trim());
                _ = child.DrainAsync();
                return child;
            }
        }
        await process.WaitForExitAsync();
        throw new InvalidOperationException(
            $"{program} ended ({process.ExitCode}) before it was ready:\n{child.LastLines()}");
    }

    /// <summary>Runs a program to its end and returns what it printed; anything but exit code 0 is an exception.</summary>
    public static async Task<string> RunAsync(string program, IEnumerable<string> args) =>
        (await MeasureAsync(program, args)).Output;

    /// <summary>The same, watched meanwhile.</summary>
    public static async Task<ChildRun> MeasureAsync(string program, IEnumerable<string> args)
    {
        ProcessStartInfo info = StartInfo(program, args);
        long startedAt = Stopwatch.GetTimestamp();
        using Process process = Process.Start(info) ?? throw new InvalidOperationException($"{program} did not start");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task exit = process.WaitForExitAsync();
        double memory = 0;
        while (!exit.IsCompleted)
        {
            memory = Math.Max(memory, RssAnonMiB(process.Id) ?? 0);
            await Task.WhenAny(exit, Task.Delay(MemoryPause));
        }
        double seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        return process.ExitCode == 0
            ? new ChildRun(await output, seconds, memory)
            : throw new InvalidOperationException(
                $"{Path.GetFileName(program)} {string.Join(' ', info.ArgumentList)}: exit code {process.ExitCode}\n" +
                $"{await output}{await error}");
    }

    /// <summary>Runs a program to its end on this one's own input and output.</summary>
    /// <returns>Its exit code.</returns>
    public static async Task<int> PassOnAsync(string program, IEnumerable<string> args)
    {
        ProcessStartInfo info = StartInfo(program, args);
        info.RedirectStandardOutput = info.RedirectStandardError = false;
        using Process process = Process.Start(info) ?? throw new InvalidOperationException($"{program} did not start");
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>User and system time used so far.</summary>
    public TimeSpan CpuTime()
    {
        string stat = File.ReadAllText($"/proc/{_process.Id}/stat");
        // The name in brackets may hold blanks; the fields after it begin with the third.
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        long ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) +
            long.Parse(fields[12], CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
    }

    /// <summary>Own memory in MiB: mapped database pages are not counted.</summary>
    public double RssAnonMiB() => RssAnonMiB(_process.Id)
        ?? throw new InvalidOperationException($"the server ended while it was loaded:\n{LastLines()}");

    public string LastLines()
    {
        lock (_lastLines)
        {
            return string.Join('\n', _lastLines);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _ = Kill(_process.Id, TermSignal);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }
        _process.Dispose();
    }

    private static double? RssAnonMiB(int process)
    {
        try
        {
            string? kib = File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(line => line.StartsWith("RssAnon:", StringComparison.Ordinal))?["RssAnon:".Length..]
                .Replace("kB", "", StringComparison.Ordinal).Trim();
            return kib is null ? null : long.Parse(kib, CultureInfo.InvariantCulture) / 1024.0;
        }
        catch (IOException)
        {
            return null; // it has ended
        }
    }

    private static ProcessStartInfo StartInfo(string program, IEnumerable<string> args)
    {
        var info = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true };
        if (program.EndsWith(".dll", StringComparison.Ordinal))
        {
            info.FileName = "dotnet";
            info.ArgumentList.Add(program);
        }
        else
        {
            info.FileName = program;
        }
        foreach (string arg in args)
        {
            info.ArgumentList.Add(arg);
        }
        return info;
    }

    private async Task DrainAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            Remember(line);
        }
    }

    private void Remember(string? line)
    {
        if (line is null)
        {
            return;
        }
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > 20)
            {
                _lastLines.Dequeue();
            }
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
