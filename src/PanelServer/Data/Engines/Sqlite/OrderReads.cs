using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Refills;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>Orders and refills as their reseller may see them.</summary>
internal sealed class OrderReads(nint connection) : IDisposable
{
    private const string OrderColumns = "o.id, o.type, o.status, o.charge - o.refunded, o.start_count, o.remains, o.runs";

    private readonly Statement _order = new(connection, $"SELECT {OrderColumns} FROM orders o WHERE o.id = ?1 AND o.reseller_id = ?2");

    private readonly Statement _orders = new(connection, ManyOrders());

    private readonly Statement _subscription = new(
        connection,
        "SELECT posts, old_posts, posts_done, expires_at FROM subscriptions WHERE order_id = ?1");

    private readonly Statement _children = new(connection, "SELECT id FROM orders WHERE parent_id = ?1 ORDER BY id");

    private readonly Statement _refill = new(connection, "SELECT status FROM refills WHERE id = ?1 AND reseller_id = ?2");

    /// <summary>A reseller's order; null when it does not exist or is another's.</summary>
    public OrderView? One(int reseller, int id)
    {
        if (!_order.Bind(1, id).Bind(2, reseller).Step())
        {
            return null;
        }

        var view = ViewOf(_order);
        _order.Reset();
        return Whole(view);
    }

    /// <summary>Several orders of one moment, by id; those that do not exist or are another's are left out.</summary>
    /// <param name="reseller">Whose.</param>
    /// <param name="ids">At most <see cref="Limits.BatchIds"/>.</param>
    public Dictionary<int, OrderView> Many(int reseller, IReadOnlyList<int> ids)
    {
        var views = new Dictionary<int, OrderView>(ids.Count);
        _orders.Bind(1, reseller);
        for (var at = 0; at < Limits.BatchIds; at++)
        {
            _orders.Bind(at + 2, at < ids.Count ? ids[at] : null as long?);
        }

        while (_orders.Step())
        {
            var view = Whole(ViewOf(_orders));
            views[view.Id] = view;
        }

        return views;
    }

    /// <summary>The state of a reseller's refill; null when it does not exist or is another's.</summary>
    public RefillStatus? Refill(int reseller, int id)
    {
        RefillStatus? status = _refill.Bind(1, id).Bind(2, reseller).Step()
            ? (RefillStatus)_refill.Int(0)
            : null;
        _refill.Reset();
        return status;
    }

    public void Dispose()
    {
        _order.Dispose();
        _orders.Dispose();
        _subscription.Dispose();
        _children.Dispose();
        _refill.Dispose();
    }

    /// <summary>One statement for a whole batch, which walks the given ids and keeps its place in the table.</summary>
    private static string ManyOrders()
    {
        var ids = string.Join(", ", Enumerable.Range(2, Limits.BatchIds).Select(at => $"(?{at})"));
        return $"""
            SELECT {OrderColumns} FROM (VALUES {ids}) asked CROSS JOIN orders o ON o.id = asked.column1
            WHERE o.reseller_id = ?1
            """;
    }

    private static OrderView ViewOf(Statement order) => new(
        order.Int(0),
        order.Int(1),
        (OrderStatus)order.Int(2),
        new(order.Long(3)),
        order.Long(4),
        order.Long(5),
        order.IsNull(6) ? null : order.Int(6),
        Subscription: null,
        Children: []);

    /// <summary>The view with what lies in other rows, for the types that have such.</summary>
    private OrderView Whole(OrderView view) =>
        view.Type == ServiceType.Subscriptions.Id
            ? view with { Subscription = Subscription(view.Id), Children = Children(view.Id) }
            : view.Runs is not null ? view with { Children = Children(view.Id) }
            : view;

    private SubscriptionView Subscription(int id)
    {
        _subscription.Bind(1, id).Step();
        var view = new SubscriptionView(
            _subscription.IsNull(0) ? null : _subscription.Int(0),
            _subscription.Int(1),
            _subscription.Int(2),
            _subscription.IsNull(3) ? null : _subscription.Long(3));
        _subscription.Reset();
        return view;
    }

    private List<int> Children(int id)
    {
        var children = new List<int>();
        _children.Bind(1, id);
        while (_children.Step())
        {
            children.Add(_children.Int(0));
        }

        return children;
    }
}
