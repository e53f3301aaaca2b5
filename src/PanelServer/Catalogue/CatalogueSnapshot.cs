using System.Collections.Frozen;
using PanelServer.Data;
using PanelServer.Domain.Catalogue;

namespace PanelServer.Catalogue;

/// <summary>All services at one moment.</summary>
internal sealed class CatalogueSnapshot
{
    private readonly FrozenDictionary<int, Service> _byId;

    public CatalogueSnapshot(IEnumerable<Service> services)
    {
        All = [.. services.OrderBy(service => service.Position).ThenBy(service => service.Id)];
        _byId = All.ToFrozenDictionary(service => service.Id);
    }

    /// <summary>Every service, in catalogue order: by position, then id.</summary>
    public IReadOnlyList<Service> All { get; }

    /// <summary>A service, enabled or not: orders outlive their service's listing.</summary>
    public Service? Any(int id) => _byId.GetValueOrDefault(id);

    /// <summary>An enabled service; null when there is none with this id.</summary>
    public Service? Sold(int id) => Any(id) is { Enabled: true } service ? service : null;
}

/// <summary>
/// The catalogue in memory, loaded when first needed and again after a change. It is the only process that writes, so
/// forgetting it after each commit that touches services is enough.
/// </summary>
internal sealed class CurrentCatalogue(ReaderPool readers)
{
    private volatile CatalogueSnapshot? _current;
    private int _generation;

    /// <summary>Grows with every change, so that what was made from an older catalogue is known to be old.</summary>
    public int Generation => Volatile.Read(ref _generation);

    public CatalogueSnapshot Get()
    {
        if (_current is { } current)
        {
            return current;
        }

        var generation = Generation;
        var loaded = readers.Read(0, static (reader, _) => new CatalogueSnapshot(reader.Services()));
        if (generation == Generation)
        {
            _current = loaded;
            if (generation != Generation)
            {
                _current = null;
            }
        }

        return loaded;
    }

    /// <summary>To be called after each commit that touched services.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _generation);
        _current = null;
    }
}
