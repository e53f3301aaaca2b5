using PanelServer.Data;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Dispatch;

/// <summary>What all workers work with.</summary>
/// <param name="Reached">Called at each crash point of a submission.</param>
internal sealed record DispatchContext(
    WriteQueue Writes,
    ReaderPool Readers,
    TimeProvider Clock,
    ProviderClient Api,
    Action<CrashPoint> Reached,
    ILogger Log);
