using PanelServer.Data;

namespace PanelServer.Idempotency;

/// <summary>
/// Forgets idempotency keys that are older than what was promised, in bounded units behind the writes. It walks over all keys
/// now and then, in their own order: an index by age would be paid by every call that has one. How far it came is only
/// in memory, and a restart begins a new walk. Used by one caller at a time.
/// </summary>
internal sealed class ExpireIdempotencyKeys(WriteQueue writes, TimeProvider clock)
{
    /// <summary>Keys of one unit.</summary>
    public const int UnitKeys = 1_000;

    /// <summary>How long a key is kept at least (docs/contract.md, "Safe retry"); twice what is promised.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(48);

    /// <summary>How long after a walk the next begins: a key is forgotten so much later at the most.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromHours(6);

    private KeyPlace? _reached = KeyPlace.First;
    private DateTimeOffset _next;

    /// <summary>One unit, if a walk is under way or is to begin.</summary>
    /// <returns>Whether the walk goes on.</returns>
    /// <exception cref="WritesUnavailableException">The database takes no changes.</exception>
    public async Task<bool> RunOnceAsync()
    {
        var now = clock.GetUtcNow();
        if (_reached is null && now < _next)
        {
            return false;
        }

        var after = _reached ?? KeyPlace.First;
        var before = (now - KeptFor).ToUnixTimeMilliseconds();
        _reached = await writes.RunAsync(ActorContext.System, unit => unit.IdempotencyKeys.Forget(after, UnitKeys, before));
        _next = now + Pause;
        return _reached is not null;
    }
}
