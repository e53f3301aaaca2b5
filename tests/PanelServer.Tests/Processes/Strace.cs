using System.Diagnostics;
using System.Text.RegularExpressions;

namespace PanelServer.Tests.Processes;

/// <summary>What a program asked of the kernel, in its order, as `strace` wrote it down.</summary>
internal static partial class Strace
{
    private static readonly string[] Places = ["/usr/bin/strace", "/bin/strace"];

    private static readonly string? Program = Places.FirstOrDefault(File.Exists);

    /// <summary>Why there is no tracing here; null when there is.</summary>
    public static string? Missing { get; } =
        Program is null ? "strace is not installed" : CanTrace() ? null : "strace may not trace here";

    /// <summary>
    /// The command that runs a program under it. The program stays a child of whoever starts it (-D), so it is stopped and
    /// waited for as ever; every text is written whole up to more than a page of the database (-s).
    /// </summary>
    public static string Into(string file) =>
        $"{Program} -D -f --seccomp-bpf -y -s 5000 -o {file} -e trace=fsync,fdatasync,write,writev,pwrite64,pwritev,sendto,sendmsg";

    /// <summary>Reads a trace whose program has ended.</summary>
    public static List<SystemCall> Read(string file)
    {
        List<SystemCall> calls = [];
        Dictionary<string, SystemCall> unfinished = [];
        var at = 0;
        foreach (var line in File.ReadLines(file))
        {
            at++;
            if (Resumed().Match(line) is { Success: true } end)
            {
                unfinished[end.Groups["thread"].Value].Ended = at;
            }
            else if (Begun().Match(line) is { Success: true } begin)
            {
                var call = new SystemCall(begin.Groups["name"].Value, begin.Groups["path"].Value, line) { Begun = at, Ended = at };
                calls.Add(call);
                if (line.EndsWith("<unfinished ...>", StringComparison.Ordinal))
                {
                    call.Ended = int.MaxValue;
                    unfinished[begin.Groups["thread"].Value] = call;
                }
            }
        }

        return calls;
    }

    [GeneratedRegex(@"^(?<thread>\d+) +(?<name>\w+)\(\d+<(?<path>[^>]*)>")]
    private static partial Regex Begun();

    [GeneratedRegex(@"^(?<thread>\d+) +<\.\.\. \w+ resumed>")]
    private static partial Regex Resumed();

    private static bool CanTrace()
    {
        using var trial = Process.Start(new ProcessStartInfo(Program!, ["-o", "/dev/null", "true"]) { RedirectStandardError = true })!;
        trial.StandardError.ReadToEnd();
        trial.WaitForExit();
        return trial.ExitCode == 0;
    }
}

/// <summary>One call into the kernel.</summary>
/// <param name="Name">Such as <c>fdatasync</c>.</param>
/// <param name="Path">The file or socket it is about.</param>
/// <param name="Text">The line, with what was written.</param>
internal sealed record SystemCall(string Name, string Path, string Text)
{
    /// <summary>The line where it begins; of two calls the smaller one was earlier.</summary>
    public required int Begun { get; init; }

    /// <summary>The line where it ends.</summary>
    public required int Ended { get; set; }

    public bool IsSync => Name is "fsync" or "fdatasync";
}

/// <summary>A test that needs `strace` and the right to trace; without them the test shows as skipped.</summary>
public sealed class StraceFactAttribute : FactAttribute
{
    public StraceFactAttribute() => Skip = Strace.Missing;
}
