using PanelServer.Data;

namespace PanelServer.Jobs;

/// <summary>What happens when something is due. It runs inside a unit: all of it happens, or nothing.</summary>
internal interface IJob
{
    /// <summary>Does what is due.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="due">What is due.</param>
    /// <param name="now">Unix milliseconds; at the due time or later.</param>
    /// <returns>When the same is due again, unix milliseconds; null when it is done.</returns>
    long? Run(UnitOfWork unit, ScheduledWork due, long now);
}
