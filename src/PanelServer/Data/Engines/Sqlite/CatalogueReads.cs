using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Providers;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>What the catalogue in memory is made of.</summary>
internal sealed class CatalogueReads(nint connection) : IDisposable
{
    private readonly Statement _services = new(connection, $"SELECT {ServiceColumns.All}, {ServiceColumns.FirstProvider} FROM services");

    private readonly Statement _linkBlocks = new(connection, "SELECT kind, pattern FROM link_blocks ORDER BY id");

    private readonly Statement _routes = new(
        connection,
        $"""
         SELECT r.service_id, r.enabled, {RouteStatements.HasExchange}, r.locked, r.seen_cost, r.accepted_cost, p.exchange, r.multiplier, s.rate, r.lock_kind
         FROM routes r JOIN providers p ON p.id = r.provider_id JOIN services s ON s.id = r.service_id
         """);

    /// <summary>Every service, in no order.</summary>
    public List<Service> Services()
    {
        var services = new List<Service>();
        while (_services.Step())
        {
            services.Add(ServiceColumns.Read(_services));
        }

        return services;
    }

    /// <summary>The services that have routes of which none can be used: nobody can deliver them.</summary>
    public HashSet<int> Undeliverable()
    {
        var (routed, deliverable) = (new HashSet<int>(), new HashSet<int>());
        while (_routes.Step())
        {
            var service = _routes.Int(0);
            var cost = new RouteCost(RateAt(_routes, 4), RateAt(_routes, 5), new(_routes.Long(6)), new(_routes.Int(7)));
            var routeLock = RouteStatements.LockAt(_routes, kind: 9, text: 3);
            routed.Add(service);
            if (Routing.Obstacle(_routes.Int(1) != 0, _routes.Int(2) != 0, routeLock, cost, new(_routes.Long(8))) is null)
            {
                deliverable.Add(service);
            }
        }

        routed.ExceptWith(deliverable);
        return routed;
    }

    /// <summary>The bans and holds of links.</summary>
    public LinkBlockList LinkBlocks()
    {
        var blocks = new List<LinkBlock>();
        while (_linkBlocks.Step())
        {
            if (LinkPattern.Parse(_linkBlocks.Text(1), out _) is { } pattern)
            {
                blocks.Add(new((LinkBlockKind)_linkBlocks.Int(0), pattern));
            }
        }

        return blocks.Count == 0 ? LinkBlockList.Empty : new(blocks);
    }

    public void Dispose()
    {
        _services.Dispose();
        _linkBlocks.Dispose();
        _routes.Dispose();
    }

    private static Rate? RateAt(Statement row, int column) => row.IsNull(column) ? null : new Rate(row.Long(column));
}
