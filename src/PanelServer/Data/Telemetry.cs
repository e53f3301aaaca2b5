using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace PanelServer.Data;

/// <summary>
/// The names under which the program can be watched: one meter and one source of activities. Instruments are named as
/// OpenTelemetry has it, so that an exporter for Prometheus makes <c>panel_calls_total</c> of <c>panel.calls</c> and
/// <c>panel_call_seconds</c> of <c>panel.call</c> in seconds. No tag holds a reseller, a link or a key.
/// </summary>
internal static class Telemetry
{
    public const string Name = "PanelServer";

    public const string Seconds = "s";

    /// <summary>Starts activities; as long as nobody listens it starts none.</summary>
    public static readonly ActivitySource Activities = new(Name);

    /// <summary>
    /// Measures what has already happened. Listeners run inside the call; what they throw must not make a call, a commit or a
    /// provider's acceptance look as if it had failed.
    /// </summary>
    /// <param name="measure">Feeds the instruments.</param>
    public static void Measure(Action measure)
    {
        try
        {
            measure();
        }
#pragma warning disable CA1031 // A listener's fault is its own.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    /// <summary>The program's meter.</summary>
    public static Meter PanelMeter(this IMeterFactory meters) => meters.Create(Name);
}
