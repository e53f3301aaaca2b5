namespace PanelServer.Idempotency;

/// <summary>Runs a unit's work once per idempotency key. The key's row is the unit's first statement, so a race has one winner.</summary>
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
