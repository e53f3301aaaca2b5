using Microsoft.Data.Sqlite;
using PanelServer.Domain.Ledger;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;

namespace PanelServer.Data.Engines.Sqlite.Books;

/// <summary>
/// Reads orders with their moves and their transfers: the three tables side by side, each in the order of the orders' ids, so
/// that none is looked up and none is gathered.
/// </summary>
internal sealed class OrderHistoryReader(SqliteConnection connection) : IDisposable
{
    private readonly Statement _counter = new(connection, "SELECT next_order_id, kind, (SELECT MIN(id) FROM orders) FROM panel");

    private readonly Statement _orders = new(
        connection,
        """
        SELECT o.id, o.type, o.status, o.version, o.quantity, o.remains, o.rate, o.charge, o.refunded, o.runs, o.created_at,
               o.completed_at, o.parent_id IS NOT NULL AND p.runs IS NOT NULL, o.details
        FROM orders o LEFT JOIN orders p ON p.id = o.parent_id
        WHERE o.id >= ?1 AND o.id < ?2 ORDER BY o.id
        """);

    private readonly Statement _moves = new(
        connection,
        """
        SELECT order_id, version, at, actor, from_status, to_status, remains FROM order_moves
        WHERE order_id >= ?1 AND order_id < ?2 ORDER BY order_id, version
        """);

    private readonly Statement _transfers = new(
        connection,
        $"""
         SELECT subject, kind, version, amount, at FROM transfers
         WHERE subject >= ?1 AND subject < ?2 AND kind IN ({(int)TransferKind.Charge}, {(int)TransferKind.Refund}, {(int)TransferKind.Reversal})
         ORDER BY subject, kind, version
         """);

    private bool _hasMove;
    private bool _hasTransfer;

    /// <summary>The order that <see cref="Next"/> has come to.</summary>
    public StoredOrder Order { get; private set; }

    /// <summary>Its moves, the first first.</summary>
    public List<StoredMove> Moves { get; } = [];

    /// <summary>Its transfers.</summary>
    public List<StoredTransfer> Transfers { get; } = [];

    /// <summary>The details of the order, as they are stored.</summary>
    public string Details => _orders.Text(13);

    /// <summary>The id that the next order gets, the id of the panel's first order, and the lowest id there is.</summary>
    public (long Next, int First, long? Lowest) Bounds()
    {
        _counter.Step();
        var bounds = (_counter.Long(0), PanelIdentity.FirstOrderOf(_counter.Text(1)), _counter.IsNull(2) ? (long?)null : _counter.Long(2));
        _counter.Reset();
        return bounds;
    }

    /// <summary>Begins with the orders whose ids lie in a range; its end is not in it.</summary>
    public void Begin(long from, long to)
    {
        _hasMove = _moves.Bind(1, from).Bind(2, to).Step();
        _hasTransfer = _transfers.Bind(1, from).Bind(2, to).Step();
        _orders.Bind(1, from).Bind(2, to);
    }

    /// <summary>Goes to the next order of the range; false when there is none.</summary>
    public bool Next()
    {
        if (!_orders.Step())
        {
            _moves.Reset();
            _transfers.Reset();
            return false;
        }

        Order = Read();
        Moves.Clear();
        for (; _hasMove && _moves.Long(0) <= Order.Id; _hasMove = _moves.Step())
        {
            if (_moves.Long(0) == Order.Id)
            {
                Moves.Add(new(_moves.Long(1), _moves.Long(2), (Actor)_moves.Long(3), (OrderStatus)_moves.Long(4), (OrderStatus)_moves.Long(5), _moves.Long(6)));
            }
        }

        Transfers.Clear();
        for (; _hasTransfer && _transfers.Long(0) <= Order.Id; _hasTransfer = _transfers.Step())
        {
            if (_transfers.Long(0) == Order.Id)
            {
                Transfers.Add(new((TransferKind)_transfers.Long(1), _transfers.Long(2), _transfers.Long(3), _transfers.Long(4)));
            }
        }

        return true;
    }

    public void Dispose()
    {
        _counter.Dispose();
        _orders.Dispose();
        _moves.Dispose();
        _transfers.Dispose();
    }

    private StoredOrder Read() => new()
    {
        Id = _orders.Long(0),
        Type = _orders.Long(1),
        Status = (OrderStatus)_orders.Long(2),
        Version = _orders.Long(3),
        Quantity = _orders.Long(4),
        Remains = _orders.Long(5),
        Rate = new(_orders.Long(6)),
        Charge = new(_orders.Long(7)),
        Refunded = new(_orders.Long(8)),
        Runs = _orders.IsNull(9) ? null : _orders.Long(9),
        CreatedAt = _orders.Long(10),
        CompletedAt = _orders.IsNull(11) ? null : _orders.Long(11),
        IsRun = _orders.Long(12) != 0,
    };
}
