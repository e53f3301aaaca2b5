using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>
/// Reads the table of days together with what is not yet counted in it, at one moment: so figures are those of the ledger
/// whether the table is filled, behind, of another time zone, or empty.
/// </summary>
internal static class DailyTotals
{
    /// <summary>How far the table is, and how far it could be.</summary>
    public const string StateSql =
        "SELECT days_zone, days_orders, days_journal, next_order_id - 1, COALESCE((SELECT MAX(id) FROM sales_journal), 0) FROM panel";

    /// <summary>Adds up figures over a range of days.</summary>
    /// <param name="db">A context that reads.</param>
    /// <param name="days">The panel's days.</param>
    /// <param name="range">The first and the last day.</param>
    /// <param name="by">Keeps of a key what rows are told apart by.</param>
    public static Dictionary<DayKey, DayFigures> Read(PanelDb db, DayCalendar days, (int First, int Last) range, Func<DayKey, DayKey> by)
    {
        db.Database.OpenConnection();
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        var sums = new Dictionary<DayKey, DayFigures>();
        using var moment = new ReadTransaction(connection);
        using var state = new Statement(connection, StateSql);
        var at = ReadState(state);
        var (orders, entries) = at.Zone == days.Zone && at.Orders >= 0 ? (at.Orders, at.Entries) : (0, 0);
        if (orders > 0 || entries > 0)
        {
            ReadTable(connection, range, Add);
        }

        using var fold = new SalesFold(connection, days);
        fold.Orders(orders, at.NewestOrder, Add);
        fold.Entries(entries, at.NewestEntry, at.NewestOrder, Add);
        return sums;

        void Add(DayKey key, DayFigures figures)
        {
            if (key.Day >= range.First && key.Day <= range.Last)
            {
                ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, by(key), out _);
                sum += figures;
            }
        }
    }

    /// <summary>The rows of the table within a range of days.</summary>
    public static void ReadTable(SqliteConnection connection, (int First, int Last) range, Action<DayKey, DayFigures> add)
    {
        using var rows = new Statement(
            connection,
            """
            SELECT day, service_id, reseller_id, provider_id, orders, sales, cost, refunds FROM daily_totals
            WHERE day BETWEEN ?1 AND ?2
            """);
        rows.Bind(1, range.First).Bind(2, range.Last);
        while (rows.Step())
        {
            add(
                new(rows.Int(0), rows.Int(1), rows.Int(2), rows.Int(3)),
                new(rows.Long(4), rows.Long(5), rows.Long(6), rows.Long(7)));
        }
    }

    /// <summary>Reads <see cref="StateSql"/>.</summary>
    public static State ReadState(Statement state)
    {
        state.Step();
        var read = new State(state.Text(0), state.Long(1), state.Long(2), state.Long(3), state.Long(4));
        state.Reset();
        return read;
    }

    /// <summary>How far the table is, and how far it could be.</summary>
    /// <param name="Zone">Whose days it has.</param>
    /// <param name="Orders">The last order that is counted; below 0 the table does not count.</param>
    /// <param name="Entries">The last journal row that is counted.</param>
    /// <param name="NewestOrder">The last order there is.</param>
    /// <param name="NewestEntry">The last journal row there is.</param>
    public readonly record struct State(string Zone, long Orders, long Entries, long NewestOrder, long NewestEntry);
}
