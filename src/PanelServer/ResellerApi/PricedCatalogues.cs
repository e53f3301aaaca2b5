using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using PanelServer.Catalogue;
using PanelServer.Domain.Resellers;
using PanelServer.ResellerApi.Dialects;
using PanelServer.Resellers;

namespace PanelServer.ResellerApi;

/// <summary>Which catalogue each reseller sees; resellers with the same prices share one.</summary>
internal sealed class PricedCatalogues(CurrentCatalogue catalogue, IOptions<ContractOptions> options)
{
    /// <summary>Bytes of all renderings that are kept: some four hundred of a large catalogue, compressed.</summary>
    public const int MaxKeptBytes = 48 * 1024 * 1024;

    private readonly bool _showDripfeed = options.Value.Dripfeed;
    private readonly ServicesResponseCache _kept = new(MaxKeptBytes);
    private readonly Lock _gate = new();
    private volatile OfSnapshot? _current;

    /// <summary>The catalogue as this caller sees it.</summary>
    public PricedCatalogue For(Caller caller, Dialect dialect)
    {
        var snapshot = catalogue.Get();
        var current = _current;
        if (current?.Snapshot != snapshot)
        {
            _current = current = new(snapshot);
        }

        return current.ByPrices.TryGetValue((dialect, caller.PriceListName), out var known)
            ? known
            : Offer(current, caller, dialect);
    }

    private PricedCatalogue Offer(OfSnapshot current, Caller caller, Dialect dialect)
    {
        var snapshot = current.Snapshot;
        var offered = new PricedCatalogue(
            new(snapshot.Listed, caller.Prices, _showDripfeed), dialect, ServicesETag.Of(AtListPrices(current, dialect), caller.PriceListName), _kept);

        // As many as there are callers in memory.
        if (current.ByPrices.Count >= CallerCache.MaxKept)
        {
            current.ByPrices.Clear();
        }

        return current.ByPrices[(dialect, caller.PriceListName)] = offered;
    }

    /// <summary>The digest of a dialect's text at list prices, made once for each snapshot.</summary>
    private byte[] AtListPrices(OfSnapshot current, Dialect dialect)
    {
        lock (_gate)
        {
            if (!current.AtListPrices.TryGetValue(dialect, out var atListPrices))
            {
                using var hash = SHA256.Create();
                using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
                {
                    RenderedCatalogue.Write(new(current.Snapshot.Listed, ListPrices, _showDripfeed), dialect, stream);
                }

                current.AtListPrices[dialect] = atListPrices = hash.Hash!;
            }

            return atListPrices;
        }
    }

    private static PriceList ListPrices { get; } = new(0, new Dictionary<int, Domain.Rate>());

    /// <summary>What was offered from one snapshot.</summary>
    private sealed class OfSnapshot(CatalogueSnapshot snapshot)
    {
        public CatalogueSnapshot Snapshot => snapshot;

        public ConcurrentDictionary<(Dialect Dialect, string Prices), PricedCatalogue> ByPrices { get; } = new();

        /// <summary>Digests of the text at list prices.</summary>
        public Dictionary<Dialect, byte[]> AtListPrices { get; } = [];
    }
}
