using PanelServer.Data;

namespace PanelServer.Idempotency;

/// <summary>
/// An idempotency key: two calls with the same one are one call (docs/contract.md, "Safe retry"): executed once, answered alike from then on.
/// </summary>
/// <param name="Reseller">Whose key it is.</param>
/// <param name="Key">1 to 255 characters.</param>
/// <param name="Fingerprint">SHA-256 of everything else that was asked.</param>
internal sealed record IdempotencyKey(int Reseller, string Key, byte[] Fingerprint);

/// <summary>What a call under an idempotency key came to: its own outcome, the stored answer of the first, or a conflict.</summary>
internal readonly record struct IdempotentResult<T>(T? Outcome, StoredAnswer? First, bool IsConflict)
{
    public static IdempotentResult<T> Done(T outcome) => new(outcome, null, false);

    /// <summary>The key is known: the same call again, or another one under the same key.</summary>
    public static IdempotentResult<T> Known(StoredAnswer first, IdempotencyKey key) =>
        new(default, first, !first.Fingerprint.AsSpan().SequenceEqual(key.Fingerprint));
}
