using System.Diagnostics;
using System.Globalization;
using PanelServer.Providers.Dispatch;

namespace PanelServer.Hosting;

/// <summary>
/// Kills the program at a moment of a sending, for the tests of what a crash leaves behind: <c>PANEL_CRASH_AT=Claimed:3</c>
/// at the third time it comes there.
/// </summary>
internal static class CrashAt
{
    private const string Name = "PANEL_CRASH_AT";

    /// <summary>What is to be called at each moment; does nothing unless the environment names one.</summary>
    public static Action<CrashPoint> FromEnvironment()
    {
#pragma warning disable RS0030 // No setting: nobody shall find it in a list and try it.
        var parts = Environment.GetEnvironmentVariable(Name)?.Split(':') ?? [];
#pragma warning restore RS0030
        if (parts.Length == 0 || !Enum.TryParse<CrashPoint>(parts[0], out var where))
        {
            return _ => { };
        }

        var left = parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var times) ? times : 1;
        return point =>
        {
            if (point == where && Interlocked.Decrement(ref left) == 0)
            {
                Process.GetCurrentProcess().Kill();
            }
        };
    }
}
