using PanelServer.Data;
using PanelServer.Data.Engines.Sqlite;

namespace PanelServer.Retries;

/// <summary>
/// A caller's promise that two calls are one (docs/contract.md, "Safe retry"): executed once, answered alike ever after.
/// </summary>
/// <param name="Reseller">Whose key it is.</param>
/// <param name="Key">1 to 255 characters.</param>
/// <param name="Fingerprint">SHA-256 of everything else that was asked.</param>
internal sealed record RetryKey(int Reseller, string Key, byte[] Fingerprint);

/// <summary>What a call under a retry key came to: its own outcome, the stored answer of the first, or a conflict.</summary>
internal readonly record struct Once<T>(T? Outcome, StoredAnswer? First, bool IsConflict)
{
    public static Once<T> Done(T outcome) => new(outcome, null, false);

    /// <summary>The key is known: the same call again, or another one under the same key.</summary>
    public static Once<T> Known(StoredAnswer first, RetryKey key) =>
        new(default, first, !first.Fingerprint.AsSpan().SequenceEqual(key.Fingerprint));
}

/// <summary>Runs a unit's work once per retry key. The key's row is the unit's first statement, so a race has one winner.</summary>
internal static class RetryKeys
{
    /// <param name="writer">The unit's writer.</param>
    /// <param name="key">Null when the caller gave none: the work simply runs.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="work">What is to happen once.</param>
    /// <param name="wording">The answer to keep; null for a refusal, which keeps nothing and gives the key back.</param>
    public static Once<T> Run<T>(Writer writer, RetryKey? key, long now, Func<T> work, Func<T, byte[]?> wording)
    {
        if (key is null)
        {
            return Once<T>.Done(work());
        }

        if (!writer.RetryKeys.TryTake(key.Reseller, key.Key, key.Fingerprint, now))
        {
            return Once<T>.Known(writer.RetryKeys.Find(key.Reseller, key.Key)!, key);
        }

        var outcome = work();
        if (wording(outcome) is { } answer)
        {
            writer.RetryKeys.Keep(key.Reseller, key.Key, answer);
        }
        else
        {
            writer.RetryKeys.GiveBack(key.Reseller, key.Key);
        }

        return Once<T>.Done(outcome);
    }
}
