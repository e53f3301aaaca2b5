using Microsoft.Data.Sqlite;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>
/// The statements of the side index: which orders are a reseller's, up to a watermark (docs/decisions/0017). Order ids
/// are given and committed in one order by one writer, so no order can come to be below the watermark later on.
/// </summary>
internal sealed class SideIndexStatements(SqliteConnection connection) : IDisposable
{
    private const string OtherColumns =
        """
        o.reseller_id, o.service_id, o.type, o.status, o.stage, o.version, o.quantity, o.remains, o.start_count, o.rate,
        o.charge, o.refunded, o.link, o.details, o.runs, o.interval_minutes, o.parent_id, o.created_at, o.updated_at,
        o.completed_at
        """;

    /// <summary>A reseller's orders, in the columns of their table: those that the index knows, and the newer ones.</summary>
    public const string OrdersOfSql =
        $$"""
        SELECT i.order_id AS id, {{OtherColumns}} FROM reseller_orders i JOIN orders o ON o.id = i.order_id
        WHERE i.reseller_id = {0} AND i.order_id <= (SELECT orders_indexed FROM panel)
        UNION ALL
        SELECT o.id, {{OtherColumns}} FROM orders o
        WHERE o.reseller_id = {0} AND o.id > (SELECT orders_indexed FROM panel)
        """;

    private const int NotBelieved = -1;

    private readonly Statement _stand = new(connection, "SELECT orders_indexed, next_order_id - 1 FROM panel");

    private readonly Statement _fill = new(
        connection,
        """
        INSERT INTO reseller_orders (reseller_id, order_id)
        SELECT reseller_id, id FROM orders WHERE id > ?1 AND id <= ?2 ORDER BY reseller_id, id
        """);

    private readonly Statement _empty = new(
        connection,
        """
        DELETE FROM reseller_orders
        WHERE (reseller_id, order_id) IN (SELECT reseller_id, order_id FROM reseller_orders LIMIT ?1)
        """);

    private readonly Statement _setWatermark = new(connection, "UPDATE panel SET orders_indexed = ?1");

    /// <summary>
    /// One step of keeping it: takes in the next orders when a whole step of them waits, or empties an index that is not valid.
    /// </summary>
    /// <param name="most">Rows of one step.</param>
    /// <returns>False when nothing was to be done.</returns>
    public bool Step(int most)
    {
        var (watermark, newest) = Stand();
        if (watermark == NotBelieved)
        {
            if (_empty.Bind(1, most).Run() == 0)
            {
                _setWatermark.Bind(1, 0L).Run();
            }

            return true;
        }

        if (newest - watermark < most)
        {
            return false;
        }

        _fill.Bind(1, watermark).Bind(2, watermark + most).Run();
        _setWatermark.Bind(1, watermark + most).Run();
        return true;
    }

    /// <summary>Invalidates the index; the next steps build it again.</summary>
    /// <returns>The newest order's id.</returns>
    public long Distrust()
    {
        _setWatermark.Bind(1, (long)NotBelieved).Run();
        return Stand().Newest;
    }

    public void Dispose()
    {
        _stand.Dispose();
        _fill.Dispose();
        _empty.Dispose();
        _setWatermark.Dispose();
    }

    private (long Watermark, long Newest) Stand()
    {
        _stand.Step();
        var stand = (_stand.Long(0), _stand.Long(1));
        _stand.Reset();
        return stand;
    }
}
