using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using PanelServer.Catalogue;
using PanelServer.Domain.Resellers;
using PanelServer.ResellerApi.Dialects;
using PanelServer.Resellers;

namespace PanelServer.ResellerApi;

/// <summary>Who is told which catalogue; all who pay the same are told the same.</summary>
internal sealed class PricedCatalogues(CurrentCatalogue catalogue, bool showDripfeed)
{
    /// <summary>Bytes of all renderings that are kept: some four hundred of a large catalogue, compressed.</summary>
    public const int MaxKeptBytes = 48 * 1024 * 1024;

    private const int DigestBytes = 12;

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
            new(snapshot.Listed, caller.Prices, showDripfeed), dialect, DigestOf(current, caller, dialect), _kept);

        // As many as there are callers in memory.
        if (current.ByPrices.Count >= CallerCache.MaxKept)
        {
            current.ByPrices.Clear();
        }

        return current.ByPrices[(dialect, caller.PriceListName)] = offered;
    }

    /// <summary>
    /// What a text depends on: the text at list prices, which holds the services, their order, the settings and this
    /// program's wording; and the name of the price list. So it changes with the text, and a restart does not change it.
    /// </summary>
    private string DigestOf(OfSnapshot current, Caller caller, Dialect dialect)
    {
        byte[]? atListPrices;
        lock (_gate)
        {
            if (!current.AtListPrices.TryGetValue(dialect, out atListPrices))
            {
                using var hash = SHA256.Create();
                using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
                {
                    RenderedCatalogue.Write(new(current.Snapshot.Listed, ListPrices, showDripfeed), dialect, stream);
                }

                current.AtListPrices[dialect] = atListPrices = hash.Hash!;
            }
        }

        byte[] all = [.. atListPrices, .. Encoding.UTF8.GetBytes(caller.PriceListName)];
        return Convert.ToHexStringLower(SHA256.HashData(all).AsSpan(0, DigestBytes));
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
