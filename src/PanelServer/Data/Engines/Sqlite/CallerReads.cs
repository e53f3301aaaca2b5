using PanelServer.Domain;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>What a call of a reseller needs to know of the caller.</summary>
internal sealed class CallerReads(nint connection) : IDisposable
{
    private readonly Statement _keyOwner = new(
        connection,
        """
        SELECT r.id, r.suspended, r.discount FROM api_keys k JOIN resellers r ON r.id = k.reseller_id
        WHERE k.hash = ?1 AND k.revoked_at IS NULL
        """);

    private readonly Statement _ownRates = new(connection, "SELECT service_id, rate FROM reseller_rates WHERE reseller_id = ?1");

    private readonly Statement _balance = new(connection, "SELECT balance FROM accounts WHERE id = ?1");

    private readonly Statement _retryKey = new(connection, IdempotencyKeyStatements.FindSql);

    /// <summary>The owner of a key that is not revoked, by the key's hash.</summary>
    public KeyOwner? Owner(byte[] hash)
    {
        var found = _keyOwner.Bind(1, hash.AsSpan()).Step()
            ? new KeyOwner(_keyOwner.Int(0), _keyOwner.Int(1) != 0, _keyOwner.Int(2))
            : null;
        _keyOwner.Reset();
        return found;
    }

    /// <summary>A reseller's own rates by service id.</summary>
    public Dictionary<int, Rate> OwnRates(int reseller)
    {
        var rates = new Dictionary<int, Rate>();
        _ownRates.Bind(1, reseller);
        while (_ownRates.Step())
        {
            rates.Add(_ownRates.Int(0), new(_ownRates.Long(1)));
        }

        return rates;
    }

    /// <summary>What a reseller has.</summary>
    public Money Balance(int reseller)
    {
        _balance.Bind(1, reseller).Step();
        var balance = new Money(_balance.Long(0));
        _balance.Reset();
        return balance;
    }

    /// <summary>What is known under an idempotency key; null when nothing is.</summary>
    public StoredAnswer? Answer(int reseller, string key) => IdempotencyKeyStatements.Read(_retryKey, reseller, key);

    public void Dispose()
    {
        _keyOwner.Dispose();
        _ownRates.Dispose();
        _balance.Dispose();
        _retryKey.Dispose();
    }
}
