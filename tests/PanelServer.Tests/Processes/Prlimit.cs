using System.Diagnostics;

namespace PanelServer.Tests.Processes;

/// <summary>Sets and lifts the largest file that a running process may write.</summary>
internal static class Prlimit
{
    private static readonly string[] Places = ["/usr/bin/prlimit", "/bin/prlimit"];

    public static string? Program { get; } = Places.FirstOrDefault(File.Exists);

    public static async Task LimitFilesAsync(int process, string bytes)
    {
        // The colon leaves the hard limit alone, so that the soft one can be lifted again.
        string[] arguments = ["--pid", Units.Text(process), $"--fsize={bytes}:"];
        using var limit = Process.Start(new ProcessStartInfo(Program!, arguments) { RedirectStandardError = true })!;
        var errors = await limit.StandardError.ReadToEndAsync();
        await limit.WaitForExitAsync();
        Assert.True(limit.ExitCode == 0, $"prlimit: {errors}");
    }
}

/// <summary>A test that needs `prlimit` (util-linux); without it the test shows as skipped.</summary>
public sealed class PrlimitFactAttribute : FactAttribute
{
    public PrlimitFactAttribute()
    {
        if (Prlimit.Program is null)
        {
            Skip = "prlimit (util-linux) is not installed";
        }
    }
}
