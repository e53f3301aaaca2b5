using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using PanelServer.Data;
using PanelServer.Domain.Catalogue;

namespace PanelServer.Catalogue;

/// <summary>All services at one moment.</summary>
internal sealed class CatalogueSnapshot
{
    private readonly FrozenDictionary<int, Service> _byId;
    private readonly FrozenDictionary<int, Service> _sold;

    /// <param name="services">Every service, in any order.</param>
    /// <param name="unsold">Services that are not sold, enabled or not: nobody can deliver them.</param>
    /// <param name="generation">The catalogue's generation when they began to be read.</param>
    public CatalogueSnapshot(IEnumerable<Service> services, IReadOnlySet<int> unsold, int generation)
    {
        Generation = generation;
        All = [.. services.OrderBy(service => service.Position).ThenBy(service => service.Id)];
        Listed = [.. All.Where(service => service.Enabled && !unsold.Contains(service.Id))];
        _byId = All.ToFrozenDictionary(service => service.Id);
        _sold = Listed.ToFrozenDictionary(service => service.Id);
    }

    /// <summary>Which state of the catalogue it is at the least; what is made from it is as old.</summary>
    public int Generation { get; }

    /// <summary>Every service, in catalogue order: by position, then id.</summary>
    public IReadOnlyList<Service> All { get; }

    /// <summary>What is on sale, in catalogue order.</summary>
    public IReadOnlyList<Service> Listed { get; }

    /// <summary>A service, enabled or not: orders outlive their service's listing.</summary>
    public Service? Any(int id) => _byId.GetValueOrDefault(id);

    /// <summary>A service that is on sale; null when there is none with this id.</summary>
    public Service? Sold(int id) => _sold.GetValueOrDefault(id);
}

/// <summary>
/// The catalogue in memory, loaded when first needed and again after a change. This is the only process that writes, so
/// forgetting it after each commit that touches services, or who can deliver them, is enough.
/// </summary>
/// <param name="readers">Who reads it.</param>
/// <param name="options">Whether services are sold that nobody can deliver.</param>
internal sealed class CurrentCatalogue(ReaderPool readers, IOptions<CatalogueOptions> options)
{
    private static readonly HashSet<int> None = [];

    private readonly Lock _loading = new();
    private volatile CatalogueSnapshot? _current;
    private int _generation;

    public CatalogueSnapshot Get()
    {
        if (Fresh() is { } fresh)
        {
            return fresh;
        }

        // After a change all callers come at once: one loads thousands of services, the others wait for them.
        lock (_loading)
        {
            // Read before the database is: a snapshot that was being loaded during a change bears the older number and
            // is not taken for the newer state.
            var generation = Volatile.Read(ref _generation);
            return Fresh() ?? (_current = readers.Read(
                (generation, sellsUndeliverable: options.Value.SellUndeliverable),
                static (session, asked) => new CatalogueSnapshot(
                    session.Catalogue.Services(), asked.sellsUndeliverable ? None : session.Catalogue.Undeliverable(), asked.generation)));
        }
    }

    /// <summary>To be called after each commit that touched services, or who can deliver them.</summary>
    public void Forget() => Interlocked.Increment(ref _generation);

    private CatalogueSnapshot? Fresh() =>
        _current is { } current && current.Generation == Volatile.Read(ref _generation) ? current : null;
}
