using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using PanelServer.Data;
using PanelServer.Domain.Resellers;

namespace PanelServer.Resellers;

/// <summary>Who calls, as a key says.</summary>
/// <param name="Reseller">The reseller's id.</param>
/// <param name="Suspended">Known, but not served.</param>
/// <param name="Prices">What the reseller pays.</param>
internal sealed record Caller(int Reseller, bool Suspended, PriceList Prices)
{
    /// <summary>The reseller as one who acts.</summary>
    public ActorContext Actor { get; } = ActorContext.OfReseller(Reseller);

    /// <summary>The same for all callers who pay the same, so that they share one rendered catalogue.</summary>
    public string PriceListName { get; } = NameOf(Prices);

    private static string NameOf(PriceList prices)
    {
        var own = string.Join(' ', prices.OwnRates.OrderBy(rate => rate.Key).Select(rate => $"{rate.Key}:{rate.Value.Units}"));
        var digest = own.Length == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(own)));
        return $"{prices.DiscountBasisPoints} {digest}";
    }
}

/// <summary>
/// Keys in memory. A key, a suspension, a discount or a price that changes makes all of them forgotten at once, after
/// its commit; unknown keys are not kept, so guessing fills nothing.
/// </summary>
internal sealed class CallerCache(ReaderPool readers)
{
    /// <summary>Keys in the cache; beyond it the cache is emptied and filled again.</summary>
    public const int MaxKept = 10_000;

    private readonly ConcurrentDictionary<KeyHash, (int Generation, Caller Caller)> _known = new();
    private int _generation;

    /// <summary>The reseller whose key has this hash; null when there is none or it was revoked.</summary>
    public Caller? Find(KeyHash hash)
    {
        // Read before the database is: what was being looked up during a change bears the older number and is not
        // used after it.
        var generation = Volatile.Read(ref _generation);
        if (_known.TryGetValue(hash, out var known) && known.Generation == generation)
        {
            return known.Caller;
        }

        var caller = readers.Read(hash, static (session, asked) =>
            session.Callers.Owner(asked.ToArray()) is { } owner
                ? new Caller(owner.Reseller, owner.Suspended, new PriceList(owner.Discount, session.Callers.OwnRates(owner.Reseller)))
                : null);
        if (caller is null)
        {
            return null;
        }

        if (_known.Count >= MaxKept)
        {
            _known.Clear();
        }

        _known[hash] = (generation, caller);
        return caller;
    }

    /// <summary>To be called after each commit that changes a key, a reseller or a reseller's prices.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _generation);
        _known.Clear();
    }
}
