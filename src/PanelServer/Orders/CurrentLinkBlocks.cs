using PanelServer.Data;
using PanelServer.Domain.Catalogue;

namespace PanelServer.Orders;

/// <summary>
/// The bans and holds of links in memory, loaded when first needed and again after a change. This is the only process that
/// writes, so forgetting them after each commit that touches them is enough.
/// </summary>
internal sealed class CurrentLinkBlocks(ReaderPool readers)
{
    private volatile Loaded? _current;
    private int _generation;

    public LinkBlockList Get()
    {
        // Read before the database is: what was loaded during a change bears the older number and is discarded.
        var generation = Volatile.Read(ref _generation);
        if (_current is { } current && current.Generation == generation)
        {
            return current.Blocks;
        }

        var blocks = readers.Read(0, static (session, _) => session.Catalogue.LinkBlocks());
        _current = new(blocks, generation);
        return blocks;
    }

    /// <summary>To be called after each commit that touched them.</summary>
    public void Forget() => Interlocked.Increment(ref _generation);

    private sealed record Loaded(LinkBlockList Blocks, int Generation);
}
