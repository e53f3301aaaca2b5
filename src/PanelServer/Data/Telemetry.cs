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

    /// <summary>The program's meter.</summary>
    public static Meter PanelMeter(this IMeterFactory meters) => meters.Create(Name);
}
