using Microsoft.Data.Sqlite;
using PanelServer.Domain;
using PanelServer.Domain.Providers;
using PanelServer.Domain.Resellers;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>The statements that find who delivers a service.</summary>
internal sealed class RouteStatements(SqliteConnection connection) : IDisposable
{
    /// <summary>In which order routes are tried, of routes r and providers p: by priority, of equal ones the cheapest.</summary>
    public const string Order = "r.priority, r.seen_cost IS NULL, r.seen_cost * 1.0 * p.exchange * r.multiplier, r.id";

    /// <summary>
    /// Whether it is known what the currency of a provider p is in the panel's: it is the same, or an operator has said so, and
    /// the provider does not say yet another one.
    /// </summary>
    public const string HasExchange =
        "(p.said_currency IS NULL AND (p.exchange_set = 1 OR p.currency IS NULL OR p.currency = (SELECT currency FROM panel) COLLATE NOCASE))";

    private readonly Statement _ofService = new(
        connection,
        $"""
         SELECT r.provider_id, r.upstream_service, r.locked, r.multiplier, r.extra, r.seen_cost, p.exchange, p.paused, p.open_until, p.balance,
                s.rate, r.id, r.accepted_cost, {HasExchange}, r.lock_kind
         FROM routes r JOIN providers p ON p.id = r.provider_id JOIN services s ON s.id = r.service_id
         WHERE r.service_id = ?1 AND r.enabled = 1
         ORDER BY {Order}
         """);

    private readonly Statement _first = new(connection, $"SELECT {ServiceColumns.FirstProvider} FROM services WHERE id = ?1");

    private readonly Statement _lock = new(
        connection,
        "UPDATE routes SET locked = ?3, lock_kind = ?4 WHERE provider_id = ?1 AND upstream_service = ?2 AND locked IS NULL");

    private readonly Statement _setLock = new(connection, "UPDATE routes SET locked = ?2, lock_kind = ?3 WHERE id = ?1");

    private readonly Statement _charged = new(
        connection,
        """
        UPDATE routes SET seen_cost = ?3, seen_at = ?4
        WHERE provider_id = ?1 AND upstream_service = ?2 AND seen_cost < ?3 AND seen_at <= ?4
        """);

    private readonly Statement _pricesOf = new(
        connection,
        "SELECT r.discount, o.rate FROM resellers r LEFT JOIN reseller_rates o ON o.reseller_id = r.id AND o.service_id = ?2 WHERE r.id = ?1");

    /// <summary>The routes of a service that are in use, the first to be tried first.</summary>
    public List<RouteInUse> Of(int service)
    {
        var routes = new List<RouteInUse>();
        _ofService.Bind(1, service);
        while (_ofService.Step())
        {
            var multiplier = new Multiplier(_ofService.Int(3));
            routes.Add(new()
            {
                Key = new(_ofService.Int(0), _ofService.Text(1)),
                Lock = LockAt(_ofService, kind: 14, text: 2),
                Multiplier = multiplier,
                Extra = _ofService.IsNull(4) ? null : _ofService.Text(4),
                Cost = new(RateAt(5), RateAt(12), new(_ofService.Long(6)), multiplier),
                HasExchange = _ofService.Int(13) != 0,
                Paused = (Pause)_ofService.Int(7),
                OpenUntil = _ofService.IsNull(8) ? null : _ofService.Long(8),
                Balance = _ofService.IsNull(9) ? null : _ofService.Long(9),
                Price = new(_ofService.Long(10)),
                Id = _ofService.Int(11),
            });
        }

        return routes;
    }

    /// <summary>A provider has charged so much for an order that was sent at a time: what was seen before, and was less, is not so any more.</summary>
    /// <returns>Whether it is news.</returns>
    public bool Charged(RouteKey route, Rate rate, long sentAt) =>
        _charged.Bind(1, route.Provider).Bind(2, route.UpstreamService).Bind(3, rate.Units).Bind(4, sentAt).Run() > 0;

    /// <summary>What a reseller pays, as far as it is about one service.</summary>
    public PriceList PricesOf(int reseller, int service)
    {
        _pricesOf.Bind(1, reseller).Bind(2, service).Step();
        var own = new Dictionary<int, Rate>();
        if (!_pricesOf.IsNull(1))
        {
            own[service] = new(_pricesOf.Long(1));
        }

        var list = new PriceList(_pricesOf.Int(0), own);
        _pricesOf.Reset();
        return list;
    }

    /// <summary>The provider that a service's orders are sent to first; null where operators deliver them.</summary>
    public int? FirstProvider(int service)
    {
        int? provider = _first.Bind(1, service).Step() && !_first.IsNull(0) ? _first.Int(0) : null;
        _first.Reset();
        return provider;
    }

    /// <summary>Locks the routes to a provider's service until an operator unlocks them.</summary>
    public void Lock(RouteKey route, RouteLock why) =>
        _lock.Bind(1, route.Provider).Bind(2, route.UpstreamService).Bind(3, why.Text).Bind(4, (int)why.Kind).Run();

    /// <summary>Does not use one route any more, or uses it again.</summary>
    public void SetLock(int route, RouteLock? why) => _setLock.Bind(1, route).Bind(2, why?.Text).Bind(3, (int?)why?.Kind).Run();

    public void Dispose()
    {
        _setLock.Dispose();
        _ofService.Dispose();
        _first.Dispose();
        _lock.Dispose();
        _charged.Dispose();
        _pricesOf.Dispose();
    }

    /// <summary>The lock of a route that a statement reads; one without a kind was set by another program.</summary>
    public static RouteLock? LockAt(Statement statement, int kind, int text) => statement.IsNull(text)
        ? null
        : new RouteLock(statement.IsNull(kind) ? RouteLockKind.Other : (RouteLockKind)statement.Int(kind), statement.Text(text));

    private Rate? RateAt(int column) => _ofService.IsNull(column) ? null : new Rate(_ofService.Long(column));
}
