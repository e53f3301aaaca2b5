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

    /// <summary>Units of a second: 5 000 orders, a few percent of the writer's time.</summary>
    public const int UnitsPerSecond = 10;

    private readonly DayCalendar _days = new(options.Value.TimeZone);
    private long _second;
    private int _units;

    /// <summary>One unit, if one is to be done.</summary>
    /// <returns>Whether there may be more to do.</returns>
    /// <exception cref="WritesUnavailableException">The database takes no changes.</exception>
    public Task<bool> RunOnceAsync() => writes.RunAsync(ActorContext.System, unit => unit.DailyTotals.Step(_days, UnitRows));

    /// <summary>
    /// The same, but at most <see cref="UnitsPerSecond"/>: reports add what is missing, so in a rush the writer's time belongs
    /// to the callers, and the table catches up afterwards.
    /// </summary>
    /// <param name="now">Tells one second from the next.</param>
    /// <returns>Whether there may be more to do in this second.</returns>
    /// <exception cref="WritesUnavailableException">The database takes no changes.</exception>
    public async Task<bool> RunPacedAsync(DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        (_second, _units) = second == _second ? (_second, _units) : (second, 0);
        return _units++ < UnitsPerSecond && await RunOnceAsync();
    }

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
