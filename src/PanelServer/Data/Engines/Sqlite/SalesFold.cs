using Microsoft.Data.Sqlite;
using PanelServer.Data.Entities;
using PanelServer.Domain.Catalogue;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>
/// Folds orders and rows of the sales journal into daily figures: what each of them adds to which row of the table of days
/// (docs/decisions/0027). The filler, the reports and the proof all count by this. A sale is an order with a charge of its
/// own: a run of a drip-feed was sold with its parent, and a subscription is sold post by post.
/// </summary>
/// <param name="connection">Where they are read.</param>
/// <param name="days">The panel's days.</param>
internal sealed class SalesFold(SqliteConnection connection, DayCalendar days) : IDisposable
{
    private readonly Statement _orders = new(
        connection,
        $"""
         SELECT o.created_at, o.service_id, o.reseller_id, o.charge
         FROM orders o LEFT JOIN orders p ON p.id = o.parent_id
         WHERE o.id > ?1 AND o.id <= ?2 AND o.type <> {ServiceType.Subscriptions.Id} AND p.runs IS NULL
         """);

    private readonly Statement _entries = new(
        connection,
        """
        SELECT j.id, j.kind, j.order_id, j.provider_id, j.amount, j.at, o.service_id, o.reseller_id, o.charge,
            CASE WHEN p.runs IS NULL THEN o.created_at ELSE p.created_at END AS sold_at,
            p.runs IS NULL OR o.id = (SELECT MIN(f.id) FROM orders f WHERE f.parent_id = p.id) AS stands_for_sale
        FROM sales_journal j JOIN orders o ON o.id = j.order_id LEFT JOIN orders p ON p.id = o.parent_id
        WHERE j.id > ?1 AND j.id <= ?2 ORDER BY j.id
        """);

    private readonly Statement _unassigned = new(
        connection,
        $"SELECT amount, at FROM sales_journal WHERE order_id = ?1 AND kind = {(int)SalesEntryKind.Refund} AND provider_id IS NULL");

    /// <summary>Counts the sales of orders; nobody has taken them.</summary>
    /// <param name="after">From the order behind this one.</param>
    /// <param name="to">The last order.</param>
    /// <param name="add">Is given each change.</param>
    public void Orders(long after, long to, Action<DayKey, DayFigures> add)
    {
        _orders.Bind(1, after).Bind(2, to);
        while (_orders.Step())
        {
            add(new(days.DayOf(_orders.Long(0)), _orders.Int(1), _orders.Int(2), 0), new(1, _orders.Long(3), 0, 0));
        }
    }

    /// <summary>Counts rows of the journal; the sales of their orders are counted before.</summary>
    /// <param name="after">From the row behind this one.</param>
    /// <param name="to">The last row.</param>
    /// <param name="newest">The newest order whose sale is counted; a row of a later one ends it.</param>
    /// <param name="add">Is given each change.</param>
    /// <returns>The last row that was counted.</returns>
    public long Entries(long after, long to, long newest, Action<DayKey, DayFigures> add)
    {
        var counted = after;
        _entries.Bind(1, after).Bind(2, to);
        while (_entries.Step())
        {
            if (_entries.Long(2) > newest)
            {
                _entries.Reset();
                return counted;
            }

            Count(add);
            counted = _entries.Long(0);
        }

        return Math.Max(counted, to);
    }

    public void Dispose()
    {
        _orders.Dispose();
        _entries.Dispose();
        _unassigned.Dispose();
    }

    private void Count(Action<DayKey, DayFigures> add)
    {
        var kind = (SalesEntryKind)_entries.Int(1);
        var amount = _entries.Long(4);
        var key = new DayKey(days.DayOf(_entries.Long(5)), _entries.Int(6), _entries.Int(7), _entries.Int(3));
        if (kind == SalesEntryKind.Refund)
        {
            add(key, new(0, 0, 0, amount));
            return;
        }

        add(key, new(0, 0, amount, 0));
        if (kind == SalesEntryKind.Taken)
        {
            Assign(key, add);
        }
    }

    /// <summary>
    /// The sale goes to who has taken the order, on its day, and with it what was paid back by then. A drip-feed's money goes
    /// run by run, and it counts as an order of who has taken its first run.
    /// </summary>
    private void Assign(DayKey key, Action<DayKey, DayFigures> add)
    {
        Move(key with { Day = days.DayOf(_entries.Long(9)) }, new(_entries.Long(10), _entries.Long(8), 0, 0), add);
        _unassigned.Bind(1, _entries.Long(2));
        while (_unassigned.Step())
        {
            Move(key with { Day = days.DayOf(_unassigned.Long(1)) }, new(0, 0, 0, _unassigned.Long(0)), add);
        }
    }

    private static void Move(DayKey to, DayFigures figures, Action<DayKey, DayFigures> add)
    {
        add(to with { Provider = 0 }, -figures);
        add(to, figures);
    }
}
