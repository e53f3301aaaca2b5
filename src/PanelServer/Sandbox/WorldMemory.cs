using PanelServer.Catalogue;
using PanelServer.Data;
using PanelServer.Orders;
using PanelServer.Resellers;

namespace PanelServer.Sandbox;

/// <summary>What is kept in memory of a sandbox's world: dropped when another world is put in its place.</summary>
internal sealed class WorldMemory(
    ReaderPool readers,
    SandboxClock clock,
    CurrentCatalogue catalogue,
    CurrentLinkBlocks blocks,
    CallerCache callers,
    Faults faults)
{
    public void Forget()
    {
        clock.Instant = readers.Read(0, static (session, _) => session.Identity())!.Clock!.Value;
        catalogue.Forget();
        blocks.Forget();
        callers.Forget();
        faults.Forget();
    }
}
