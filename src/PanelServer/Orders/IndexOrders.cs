using PanelServer.Data;

namespace PanelServer.Orders;

/// <summary>
/// Keeps the side index of resellers' orders, in bounded units behind the writes (docs/decisions/0017). A list
/// merges it with the orders above its watermark, so it may lag behind, or not be there at all.
/// </summary>
internal sealed class IndexOrders(WriteQueue writes)
{
    /// <summary>Orders of one unit: about a millisecond of the writer's time. Fewer wait until there is a full unit.</summary>
    public const int UnitOrders = 1_000;

    /// <summary>One unit, if one is to be done.</summary>
    /// <returns>Whether there may be more to do.</returns>
    /// <exception cref="WritesUnavailableException">The database takes no changes.</exception>
    public Task<bool> RunOnceAsync() => writes.RunAsync(ActorContext.System, static unit => unit.SideIndex.Step(UnitOrders));

    /// <summary>Rebuilds it. Lists stay right meanwhile, and become fast again when it is done.</summary>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <returns>The newest order's id.</returns>
    /// <exception cref="WritesUnavailableException">The database takes no changes; what was begun is gone on with by the next who keeps it.</exception>
    public async Task<long> RebuildAsync(IProgress<double> progress)
    {
        var newest = await writes.RunAsync(ActorContext.System, static unit => unit.SideIndex.Distrust());

        // Each order is taken out once and in once.
        var units = (2.0 * newest / UnitOrders) + 1;
        for (var done = 1; await RunOnceAsync(); done++)
        {
            progress.Report(Math.Min(done / units, 1));
        }

        progress.Report(1);
        return newest;
    }
}
