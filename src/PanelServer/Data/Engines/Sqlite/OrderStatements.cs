using Microsoft.Data.Sqlite;
using PanelServer.Data.Entities;
using PanelServer.Domain.Cancels;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>The statements that place an order and carry it through its life.</summary>
internal sealed class OrderStatements(SqliteConnection connection) : IDisposable
{
    private readonly Statement _insert = new(
        connection,
        """
        INSERT INTO orders (id, reseller_id, service_id, type, status, stage, quantity, remains, rate, charge, link, details,
                            runs, interval_minutes, created_at, updated_at, parent_id)
        VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?13, ?14)
        """);

    private readonly Statement _findRunning = new(
        connection,
        "SELECT 1 FROM running_links WHERE reseller_id = ?1 AND service_id = ?2 AND link = ?3");

    private readonly Statement _keepRunning = new(
        connection,
        "INSERT INTO running_links (reseller_id, service_id, link, order_id) VALUES (?1, ?2, ?3, ?4)");

    private readonly Statement _find = new(
        connection,
        """
        SELECT id, reseller_id, service_id, type, status, stage, version, quantity, remains, start_count, rate, charge,
               refunded, link, details, runs, interval_minutes, parent_id, created_at, updated_at, completed_at
        FROM orders WHERE id = ?1
        """);

    private readonly Statement _step = new(
        connection,
        """
        UPDATE orders SET status = ?3, stage = 1, version = version + 1, remains = ?4, start_count = ?5, refunded = ?6,
               completed_at = ?7, updated_at = ?8
        WHERE id = ?1 AND version = ?2
        """);

    private readonly Statement _progress = new(
        connection,
        "UPDATE orders SET remains = ?3, start_count = ?4, refunded = ?5, updated_at = ?6 WHERE id = ?1 AND version = ?2");

    private readonly Statement _writeMove = new(
        connection,
        """
        INSERT INTO order_moves (order_id, version, at, actor, from_status, to_status, remains, note)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """);

    private readonly Statement _freeLink = new(connection, "DELETE FROM running_links WHERE order_id = ?1");

    private readonly Statement _overtakeCancel = new(
        connection,
        $"UPDATE cancels SET status = {(int)CancelStatus.Overtaken}, updated_at = ?2 WHERE order_id = ?1 AND status = {(int)CancelStatus.Open}");

    private readonly Statement _openCancel = new(
        connection,
        $"SELECT id FROM cancels WHERE order_id = ?1 AND status = {(int)CancelStatus.Open}");

    private readonly Statement _children = new(connection, "SELECT status FROM orders WHERE parent_id = ?1");

    /// <summary>An order as it stands; null when there is none.</summary>
    public OrderRow? Find(int id)
    {
        if (!_find.Bind(1, id).Step())
        {
            return null;
        }

        var order = new OrderRow
        {
            Id = _find.Int(0),
            ResellerId = _find.Int(1),
            ServiceId = _find.Int(2),
            Type = _find.Int(3),
            Status = (OrderStatus)_find.Int(4),
            Stage = (OrderStage)_find.Int(5),
            Version = _find.Int(6),
            Quantity = _find.Long(7),
            Remains = _find.Long(8),
            StartCount = _find.Long(9),
            Rate = new(_find.Long(10)),
            Charge = new(_find.Long(11)),
            Refunded = new(_find.Long(12)),
            Link = _find.IsNull(13) ? null : _find.Text(13),
            Details = _find.IsNull(14) ? null : _find.Text(14),
            Runs = _find.IsNull(15) ? null : _find.Int(15),
            IntervalMinutes = _find.IsNull(16) ? null : _find.Int(16),
            ParentId = _find.IsNull(17) ? null : _find.Int(17),
            CreatedAt = _find.Long(18),
            UpdatedAt = _find.Long(19),
            CompletedAt = _find.IsNull(20) ? null : _find.Long(20),
        };
        _find.Reset();
        return order;
    }

    /// <summary>Writes a move and what the order is after it.</summary>
    /// <param name="before">The order as it was read.</param>
    /// <param name="after">The order after it.</param>
    /// <param name="actor">Who moves.</param>
    /// <param name="note">Why, for people.</param>
    /// <exception cref="InvalidOperationException">The order is not at the version it was read at.</exception>
    public void Move(OrderRow before, OrderRow after, Actor actor, string? note)
    {
        var changed = _step
            .Bind(1, before.Id)
            .Bind(2, before.Version)
            .Bind(3, (int)after.Status)
            .Bind(4, after.Remains)
            .Bind(5, after.StartCount)
            .Bind(6, after.Refunded.Units)
            .Bind(7, after.CompletedAt)
            .Bind(8, after.UpdatedAt)
            .Run();
        if (changed != 1)
        {
            throw new InvalidOperationException("a unit is alone with its order");
        }

        _writeMove
            .Bind(1, before.Id)
            .Bind(2, before.Version)
            .Bind(3, after.UpdatedAt)
            .Bind(4, (int)actor)
            .Bind(5, (int)before.Status)
            .Bind(6, (int)after.Status)
            .Bind(7, after.Remains)
            .Bind(8, note)
            .Run();
    }

    /// <summary>Writes an order's remains, start count, what went back and the time of it, without a move.</summary>
    /// <exception cref="InvalidOperationException">The order is not at the version it was read at.</exception>
    public void Update(OrderRow order)
    {
        var changed = _progress
            .Bind(1, order.Id)
            .Bind(2, order.Version)
            .Bind(3, order.Remains)
            .Bind(4, order.StartCount)
            .Bind(5, order.Refunded.Units)
            .Bind(6, order.UpdatedAt)
            .Run();
        if (changed != 1)
        {
            throw new InvalidOperationException("a unit is alone with its order");
        }
    }

    /// <summary>An order that has ended no longer keeps its link, and a cancel request that waits has come too late.</summary>
    public void Close(int order, long now)
    {
        _freeLink.Bind(1, order).Run();
        _overtakeCancel.Bind(1, order).Bind(2, now).Run();
    }

    /// <summary>The cancel request of an order that waits for an answer; null when there is none.</summary>
    public int? OpenCancel(int order)
    {
        int? request = _openCancel.Bind(1, order).Step() ? _openCancel.Int(0) : null;
        _openCancel.Reset();
        return request;
    }

    /// <summary>The states of an order's children.</summary>
    public List<OrderStatus> Children(int parent)
    {
        var states = new List<OrderStatus>();
        _children.Bind(1, parent);
        while (_children.Step())
        {
            states.Add((OrderStatus)_children.Int(0));
        }

        return states;
    }

    public void Insert(NewOrder order) => _insert
        .Bind(1, order.Id)
        .Bind(2, order.Reseller)
        .Bind(3, order.Service)
        .Bind(4, order.Type)
        .Bind(5, (int)order.Status)
        .Bind(6, order.Quantity)
        .Bind(7, order.Rate.Units)
        .Bind(8, order.Charge.Units)
        .Bind(9, order.Link)
        .Bind(10, order.Details)
        .Bind(11, order.Drip?.Runs)
        .Bind(12, order.Drip?.IntervalMinutes)
        .Bind(13, order.At)
        .Bind(14, order.Parent)
        .Run();

    /// <summary>Whether the reseller has a running order of a duplicate-denying service with this link.</summary>
    public bool IsRunning(int reseller, int service, string link)
    {
        var found = _findRunning.Bind(1, reseller).Bind(2, service).Bind(3, link).Step();
        _findRunning.Reset();
        return found;
    }

    public void KeepRunning(int reseller, int service, string link, int order) =>
        _keepRunning.Bind(1, reseller).Bind(2, service).Bind(3, link).Bind(4, order).Run();

    public void Dispose()
    {
        _insert.Dispose();
        _findRunning.Dispose();
        _keepRunning.Dispose();
        _find.Dispose();
        _step.Dispose();
        _progress.Dispose();
        _writeMove.Dispose();
        _freeLink.Dispose();
        _overtakeCancel.Dispose();
        _openCancel.Dispose();
        _children.Dispose();
    }
}
