using PanelServer.Data;
using PanelServer.Data.Engines.Sqlite;

namespace PanelServer.Jobs;

/// <summary>What happens when something is due. It runs inside a unit: all of it happens, or nothing.</summary>
internal interface IJob
{
    /// <summary>Does what is due.</summary>
    /// <param name="writer">The unit's writer.</param>
    /// <param name="due">What is due.</param>
    /// <param name="now">Unix milliseconds; at the due time or later.</param>
    /// <returns>When the same is due again, unix milliseconds; null when it is done.</returns>
    long? Run(Writer writer, ScheduledWork due, long now);
}
