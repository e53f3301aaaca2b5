using System.Net;
using System.Text;
using PanelServer.Domain;
using PanelServer.Domain.Resellers;
using PanelServer.Resellers;

namespace PanelServer.ResellerApi;

/// <summary>Who may come in: hashes whatever is given as a key and looks for its owner (docs/contract.md, "Request").</summary>
internal sealed class ApiKeyAuthenticator(CallerCache callers, CallLimits limits)
{
    /// <summary>The caller whose key it is.</summary>
    /// <param name="key">The text given as a key.</param>
    /// <param name="address">Where the call comes from; only failing calls are counted by it.</param>
    public Result<Caller> Open(string? key, IPAddress? address)
    {
        var caller = key is null ? null : CallerOf(key);
        if (caller is null)
        {
            return limits.TryCountFailure(address) ? Refusal.InvalidKey : Refusal.GuessedTooOften;
        }

        return caller.Suspended ? Refusal.AccountSuspended : caller;
    }

    /// <summary>The caller whose key it is, suspended or not; counts no mistakes. Null when it is nobody's.</summary>
    public Caller? CallerOf(string key)
    {
        Span<byte> utf8 = stackalloc byte[ApiKey.MaxBytes];
        return key.Length > 0 && Encoding.UTF8.TryGetBytes(key, utf8, out var length)
            ? callers.Find(KeyHash.Of(utf8[..length]))
            : null;
    }
}
