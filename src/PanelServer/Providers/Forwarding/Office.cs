using PanelServer.Data;

namespace PanelServer.Providers.Forwarding;

/// <summary>What all desks work with.</summary>
/// <param name="Reached">Told of each moment of a sending.</param>
internal sealed record Office(
    WriteQueue Writes,
    ReaderPool Readers,
    TimeProvider Clock,
    PanelApi.PanelApi Api,
    Action<CrashPoint> Reached,
    ILogger Log);
