using Microsoft.Extensions.Options;
using PanelServer.Data;

namespace PanelServer.Reports;

/// <summary>
/// Fills the table of days in bounded units behind the writes (docs/decisions/0027). Reports add what is not yet in it, so
/// it may lag behind, or not be there at all.
/// </summary>
/// <param name="writes">The way in.</param>
/// <param name="options">Whose days they are.</param>
internal sealed class FillDailyTotals(WriteQueue writes, IOptions<PanelOptions> options)
{
    /// <summary>Orders, and rows of the sales journal, of one unit. Fewer wait until there is a full unit.</summary>
    public const int UnitRows = 500;

    private readonly DayCalendar _days = new(options.Value.TimeZone);

    /// <summary>One unit, if one is to be done.</summary>
    /// <returns>Whether there may be more to do.</returns>
    /// <exception cref="WritesUnavailableException">The database takes no changes.</exception>
    public Task<bool> RunOnceAsync() => writes.RunAsync(ActorContext.System, unit => unit.DailyTotals.Step(_days, UnitRows));

    /// <summary>Makes it again. Reports stay right meanwhile, and become fast again when it is done.</summary>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <returns>The newest order's id.</returns>
    /// <exception cref="WritesUnavailableException">The database takes no changes; the next pass goes on with what was begun.</exception>
    public async Task<long> RebuildAsync(IProgress<double> progress)
    {
        var newest = await writes.RunAsync(ActorContext.System, static unit => unit.DailyTotals.Distrust());

        // Emptying takes far fewer units than there are orders.
        var units = ((double)newest / UnitRows) + 1;
        for (var done = 1; await RunOnceAsync(); done++)
        {
            progress.Report(Math.Min(done / units, 1));
        }

        progress.Report(1);
        return newest;
    }
}
