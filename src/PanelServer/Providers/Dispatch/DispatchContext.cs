using PanelServer.Data;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Dispatch;

/// <summary>What all workers work with.</summary>
/// <param name="Reached">Told of each moment of a sending.</param>
internal sealed record DispatchContext(
    WriteQueue Writes,
    ReaderPool Readers,
    TimeProvider Clock,
    ProviderClient Api,
    Action<CrashPoint> Reached,
    ILogger Log);
