using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>
/// The statements that fill the table of days, up to two watermarks: the last order and the last row of the sales journal
/// that are counted in it (docs/decisions/0027). Both are only ever added to at their end, so nothing can come to be below a
/// watermark later on.
/// </summary>
internal sealed class DailyTotalStatements(SqliteConnection connection) : IDisposable
{
    private const int NotTrusted = -1;

    private readonly Statement _state = new(connection, DailyTotals.StateSql);

    private readonly Statement _add = new(
        connection,
        """
        INSERT INTO daily_totals (day, service_id, reseller_id, provider_id, orders, sales, cost, refunds)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT DO UPDATE SET orders = orders + excluded.orders, sales = sales + excluded.sales,
            cost = cost + excluded.cost, refunds = refunds + excluded.refunds
        RETURNING orders = 0 AND sales = 0 AND cost = 0 AND refunds = 0
        """);

    private readonly Statement _remove = new(
        connection,
        "DELETE FROM daily_totals WHERE day = ?1 AND service_id = ?2 AND reseller_id = ?3 AND provider_id = ?4");

    private readonly Statement _empty = new(
        connection,
        """
        DELETE FROM daily_totals WHERE (day, service_id, reseller_id, provider_id) IN (
            SELECT day, service_id, reseller_id, provider_id FROM daily_totals LIMIT ?1)
        """);

    private readonly Statement _setWatermarks = new(connection, "UPDATE panel SET days_orders = ?1, days_journal = ?2");

    private readonly Statement _setZone = new(connection, "UPDATE panel SET days_zone = ?1");

    private SalesFold? _fold;
    private DayCalendar? _days;

    /// <summary>
    /// One step of keeping it: counts the next orders and journal rows when a whole step of them waits. A table of another
    /// time zone's days, or one that does not count, is emptied first.
    /// </summary>
    /// <param name="days">The panel's days.</param>
    /// <param name="most">Orders, and rows, of one step.</param>
    /// <returns>False when nothing was to be done.</returns>
    public bool Step(DayCalendar days, int most)
    {
        var state = DailyTotals.ReadState(_state);
        if (state.Zone != days.Zone)
        {
            _setZone.Bind(1, days.Zone).Run();
            Distrust();
            return true;
        }

        if (state.Orders == NotTrusted)
        {
            if (_empty.Bind(1, most).Run() == 0)
            {
                _setWatermarks.Bind(1, 0L).Bind(2, 0L).Run();
            }

            return true;
        }

        if (state.NewestOrder - state.Orders + state.NewestEntry - state.Entries < most)
        {
            return false;
        }

        var orders = Math.Min(state.Orders + most, state.NewestOrder);
        var changes = new Dictionary<DayKey, DayFigures>();
        var fold = FoldOf(days);
        fold.Orders(state.Orders, orders, Gather);
        var entries = fold.Entries(state.Entries, Math.Min(state.Entries + most, state.NewestEntry), orders, Gather);
        foreach (var (key, figures) in changes)
        {
            Add(key, figures);
        }

        _setWatermarks.Bind(1, orders).Bind(2, entries).Run();
        return true;

        void Gather(DayKey key, DayFigures change)
        {
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(changes, key, out _);
            sum += change;
        }
    }

    /// <summary>Lets nothing of it count any more; the next steps make it again.</summary>
    /// <returns>The newest order's id.</returns>
    public long Distrust()
    {
        _setWatermarks.Bind(1, (long)NotTrusted).Bind(2, 0L).Run();
        return DailyTotals.ReadState(_state).NewestOrder;
    }

    public void Dispose()
    {
        _state.Dispose();
        _add.Dispose();
        _remove.Dispose();
        _empty.Dispose();
        _setWatermarks.Dispose();
        _setZone.Dispose();
        _fold?.Dispose();
    }

    private SalesFold FoldOf(DayCalendar days)
    {
        if (_days != days)
        {
            _fold?.Dispose();
            _fold = new(connection, days);
            _days = days;
        }

        return _fold!;
    }

    private void Add(DayKey key, DayFigures figures)
    {
        if (figures == default)
        {
            return;
        }

        var isNothing = BindKey(_add, key)
            .Bind(5, figures.Orders).Bind(6, figures.Sales).Bind(7, figures.Cost).Bind(8, figures.Refunds).Number() != 0;
        if (isNothing)
        {
            BindKey(_remove, key).Run();
        }
    }

    private static Statement BindKey(Statement statement, DayKey key) =>
        statement.Bind(1, key.Day).Bind(2, key.Service).Bind(3, key.Reseller).Bind(4, key.Provider);
}
