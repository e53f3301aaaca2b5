using Microsoft.Data.Sqlite;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>The statements of idempotency keys: the row is taken first, then holds the answer, or is given back.</summary>
internal sealed class IdempotencyKeyStatements(SqliteConnection connection) : IDisposable
{
    private readonly Statement _take = new(
        connection,
        """
        INSERT INTO retry_keys (reseller_id, key, fingerprint, created_at) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT DO NOTHING
        """);

    private readonly Statement _keep = new(
        connection,
        "UPDATE retry_keys SET answer = ?3 WHERE reseller_id = ?1 AND key = ?2");

    private readonly Statement _giveBack = new(connection, "DELETE FROM retry_keys WHERE reseller_id = ?1 AND key = ?2");

    private readonly Statement _find = new(connection, FindSql);

    private readonly Statement _endOfPart = new(
        connection,
        """
        SELECT reseller_id, key FROM retry_keys WHERE (reseller_id, key) > (?1, ?2)
        ORDER BY reseller_id, key LIMIT 1 OFFSET ?3
        """);

    private readonly Statement _forgetPart = new(
        connection,
        """
        DELETE FROM retry_keys
        WHERE (reseller_id, key) > (?1, ?2) AND (reseller_id, key) <= (?3, ?4) AND created_at < ?5
        """);

    private readonly Statement _forgetRest = new(
        connection,
        "DELETE FROM retry_keys WHERE (reseller_id, key) > (?1, ?2) AND created_at < ?3");

    public const string FindSql = "SELECT fingerprint, answer FROM retry_keys WHERE reseller_id = ?1 AND key = ?2";

    /// <summary>Takes the key; false when it is known.</summary>
    public bool TryTake(int reseller, string key, byte[] fingerprint, long now) =>
        _take.Bind(1, reseller).Bind(2, key).Bind(3, fingerprint.AsSpan()).Bind(4, now).Run() == 1;

    public void Keep(int reseller, string key, byte[] answer) =>
        _keep.Bind(1, reseller).Bind(2, key).Bind(3, answer.AsSpan()).Run();

    public void GiveBack(int reseller, string key) => _giveBack.Bind(1, reseller).Bind(2, key).Run();

    /// <summary>Forgets the old ones among the next keys, in their own order.</summary>
    /// <param name="after">The last key that was looked at.</param>
    /// <param name="most">How many are looked at.</param>
    /// <param name="before">Forgotten are those that were taken before this instant, unix milliseconds.</param>
    /// <returns>The last key that was looked at now; null when there is none after it.</returns>
    public KeyPlace? Forget(KeyPlace after, int most, long before)
    {
        KeyPlace? end = _endOfPart.Bind(1, after.Reseller).Bind(2, after.Key).Bind(3, most - 1L).Step()
            ? new(_endOfPart.Int(0), _endOfPart.Text(1))
            : null;
        _endOfPart.Reset();
        if (end is { } last)
        {
            _forgetPart
                .Bind(1, after.Reseller)
                .Bind(2, after.Key)
                .Bind(3, last.Reseller)
                .Bind(4, last.Key)
                .Bind(5, before)
                .Run();
        }
        else
        {
            _forgetRest.Bind(1, after.Reseller).Bind(2, after.Key).Bind(3, before).Run();
        }

        return end;
    }

    /// <summary>What is known under a key; null when nothing is.</summary>
    public StoredAnswer? Find(int reseller, string key) => Read(_find, reseller, key);

    public static StoredAnswer? Read(Statement find, int reseller, string key)
    {
        var found = find.Bind(1, reseller).Bind(2, key).Step() ? new StoredAnswer(find.Blob(0), find.Blob(1)) : null;
        find.Reset();
        return found;
    }

    public void Dispose()
    {
        _take.Dispose();
        _keep.Dispose();
        _giveBack.Dispose();
        _find.Dispose();
        _endOfPart.Dispose();
        _forgetPart.Dispose();
        _forgetRest.Dispose();
    }
}
