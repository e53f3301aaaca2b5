using Microsoft.Data.Sqlite;
using PanelServer.Domain;
using PanelServer.Domain.Orders;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>An order as it is first written.</summary>
internal sealed record NewOrder
{
    public required int Id { get; init; }
    public required int Reseller { get; init; }
    public required int Service { get; init; }
    public required int Type { get; init; }
    public required OrderStatus Status { get; init; }
    public required long Quantity { get; init; }
    public required Rate Rate { get; init; }
    public required Money Charge { get; init; }
    public string? Link { get; init; }
    public string? Details { get; init; }
    public DripFeed? Drip { get; init; }

    /// <summary>The drip-feed or the subscription it is a part of.</summary>
    public int? Parent { get; init; }
    public required long At { get; init; }
}

/// <summary>The statements that place an order.</summary>
internal sealed class OrderStatements(SqliteConnection connection) : IDisposable
{
    private readonly Statement _takeId = new(
        connection,
        "UPDATE panel SET next_order_id = next_order_id + 1 RETURNING next_order_id - 1");

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

    /// <summary>The next order id; taken only by a unit that goes on to use it.</summary>
    public int TakeId() => checked((int)_takeId.Number());

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
        _takeId.Dispose();
        _insert.Dispose();
        _findRunning.Dispose();
        _keepRunning.Dispose();
    }
}
