using PanelServer.Data;

namespace PanelServer.Idempotency;

/// <summary>
/// A caller's promise that two calls are one (docs/contract.md, "Safe retry"): executed once, answered alike ever after.
/// </summary>
/// <param name="Reseller">Whose key it is.</param>
/// <param name="Key">1 to 255 characters.</param>
/// <param name="Fingerprint">SHA-256 of everything else that was asked.</param>
internal sealed record IdempotencyKey(int Reseller, string Key, byte[] Fingerprint);

/// <summary>What a call under a retry key came to: its own outcome, the stored answer of the first, or a conflict.</summary>
internal readonly record struct IdempotentResult<T>(T? Outcome, StoredAnswer? First, bool IsConflict)
{
    public static IdempotentResult<T> Done(T outcome) => new(outcome, null, false);

    /// <summary>The key is known: the same call again, or another one under the same key.</summary>
    public static IdempotentResult<T> Known(StoredAnswer first, IdempotencyKey key) =>
        new(default, first, !first.Fingerprint.AsSpan().SequenceEqual(key.Fingerprint));
}

/// <summary>Runs a unit's work once per retry key. The key's row is the unit's first statement, so a race has one winner.</summary>
internal static class ExecuteOnce
{
    /// <param name="unit">The unit of work.</param>
    /// <param name="key">Null when the caller gave none: the work simply runs.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="work">What is to happen once.</param>
    /// <param name="wording">The answer to keep; null for a refusal, which keeps nothing and gives the key back.</param>
    public static IdempotentResult<T> Run<T>(UnitOfWork unit, IdempotencyKey? key, long now, Func<T> work, Func<T, byte[]?> wording)
    {
        if (key is null)
        {
            return IdempotentResult<T>.Done(work());
        }

        if (!unit.IdempotencyKeys.TryTake(key.Reseller, key.Key, key.Fingerprint, now))
        {
            return IdempotentResult<T>.Known(unit.IdempotencyKeys.Find(key.Reseller, key.Key)!, key);
        }

        var outcome = work();
        if (wording(outcome) is { } answer)
        {
            unit.IdempotencyKeys.Keep(key.Reseller, key.Key, answer);
        }
        else
        {
            unit.IdempotencyKeys.GiveBack(key.Reseller, key.Key);
        }

        return IdempotentResult<T>.Done(outcome);
    }
}
