using Microsoft.Data.Sqlite;
using PanelServer.Domain;
using PanelServer.Domain.Providers;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>A route that is in use, with what its provider is at this moment.</summary>
internal sealed record RouteInUse
{
    public required int Id { get; init; }

    public required RouteKey Key { get; init; }

    /// <summary>Why the panel does not use it by itself; null = it does.</summary>
    public string? Locked { get; init; }

    public required Multiplier Multiplier { get; init; }

    /// <summary>A JSON object of texts.</summary>
    public string? Extra { get; init; }

    /// <summary>The provider's rate in the panel's currency; null when it is not known.</summary>
    public Rate? Cost { get; init; }

    /// <summary>The list price of the service.</summary>
    public required Rate Price { get; init; }

    /// <summary>Whether an order at the list price costs more there than it brings.</summary>
    public bool IsBelowCost => Cost is { } cost && Multiplier.CostOf(cost).Units > Price.Units;

    public required Pause Paused { get; init; }

    /// <summary>Until when the provider is left alone, unix milliseconds.</summary>
    public long? OpenUntil { get; init; }

    /// <summary>The last that was heard of the balance there, in 0.00001 of its currency.</summary>
    public long? Balance { get; init; }

    /// <summary>Whether something may be sent there now. A provider that was left alone is first tried by a question.</summary>
    public bool IsUsable => Locked is null && Paused == Pause.None && OpenUntil is null;
}

/// <summary>The statements that find who delivers a service.</summary>
internal sealed class RouteStatements(SqliteConnection connection) : IDisposable
{
    private readonly Statement _ofService = new(
        connection,
        """
        SELECT r.provider_id, r.upstream_service, r.locked, r.multiplier, r.extra, r.cost, p.exchange, p.paused, p.open_until, p.balance, s.rate, r.id
        FROM routes r JOIN providers p ON p.id = r.provider_id JOIN services s ON s.id = r.service_id
        WHERE r.service_id = ?1 AND r.enabled = 1
        ORDER BY r.priority, r.cost IS NULL, r.cost * 1.0 * p.exchange * r.multiplier, r.id
        """);

    private readonly Statement _first = new(connection, $"SELECT {ServiceReading.FirstProvider} FROM services WHERE id = ?1");

    private readonly Statement _lock = new(
        connection,
        "UPDATE routes SET locked = ?3 WHERE provider_id = ?1 AND upstream_service = ?2 AND locked IS NULL");

    private readonly Statement _setLock = new(connection, "UPDATE routes SET locked = ?2 WHERE id = ?1");

    /// <summary>The routes of a service that are in use, the first to be tried first.</summary>
    public List<RouteInUse> Of(int service)
    {
        var routes = new List<RouteInUse>();
        _ofService.Bind(1, service);
        while (_ofService.Step())
        {
            var exchange = new ExchangeRate(_ofService.Long(6));
            routes.Add(new()
            {
                Key = new(_ofService.Int(0), _ofService.Text(1)),
                Locked = _ofService.IsNull(2) ? null : _ofService.Text(2),
                Multiplier = new(_ofService.Int(3)),
                Extra = _ofService.IsNull(4) ? null : _ofService.Text(4),
                Cost = _ofService.IsNull(5) ? null : exchange.InPanel(new Rate(_ofService.Long(5))),
                Paused = (Pause)_ofService.Int(7),
                OpenUntil = _ofService.IsNull(8) ? null : _ofService.Long(8),
                Balance = _ofService.IsNull(9) ? null : _ofService.Long(9),
                Price = new(_ofService.Long(10)),
                Id = _ofService.Int(11),
            });
        }

        return routes;
    }

    /// <summary>The provider that a service's orders are sent to first; null where operators deliver them.</summary>
    public int? FirstProvider(int service)
    {
        int? provider = _first.Bind(1, service).Step() && !_first.IsNull(0) ? _first.Int(0) : null;
        _first.Reset();
        return provider;
    }

    /// <summary>Does not use a provider's service any more, until somebody has looked at it.</summary>
    public void Lock(RouteKey route, string why) =>
        _lock.Bind(1, route.Provider).Bind(2, route.UpstreamService).Bind(3, why).Run();

    /// <summary>Does not use one route any more, or uses it again.</summary>
    public void SetLock(int route, string? why) => _setLock.Bind(1, route).Bind(2, why).Run();

    public void Dispose()
    {
        _setLock.Dispose();
        _ofService.Dispose();
        _first.Dispose();
        _lock.Dispose();
    }
}
