using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace PanelServer.ResellerApi;

/// <summary>How often and how many at a time: for each reseller, and for each address that calls with wrong keys.</summary>
internal sealed class CallLimits : IDisposable
{
    private readonly PartitionedRateLimiter<int>? _rate;
    private readonly PartitionedRateLimiter<int>? _concurrency;
    private readonly PartitionedRateLimiter<IPAddress>? _failures;

    public CallLimits(IOptions<LimitOptions> options)
    {
        var (rate, concurrent, failures) =
            (options.Value.CallsPerSecond, options.Value.ConcurrentCalls, options.Value.FailedKeysPerMinute);
        if (rate > 0)
        {
            _rate = PartitionedRateLimiter.Create<int, int>(reseller => RateLimitPartition.GetTokenBucketLimiter(
                reseller,
                _ => new()
                {
                    TokenLimit = rate * 2,
                    TokensPerPeriod = rate,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                }));
        }

        if (concurrent > 0)
        {
            _concurrency = PartitionedRateLimiter.Create<int, int>(reseller => RateLimitPartition.GetConcurrencyLimiter(
                reseller,
                _ => new() { PermitLimit = concurrent }));
        }

        if (failures > 0)
        {
            _failures = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => RateLimitPartition.GetFixedWindowLimiter(
                CallerNetwork.Of(address),
                _ => new() { PermitLimit = failures, Window = TimeSpan.FromMinutes(1) }));
        }
    }

    /// <summary>Begins a call of a reseller; null when there are too many. To be disposed when it ends.</summary>
    public IDisposable? TryBegin(int reseller)
    {
        if (_rate?.AttemptAcquire(reseller) is { IsAcquired: false })
        {
            return null;
        }

        var place = _concurrency?.AttemptAcquire(reseller);
        return place is null ? Nothing.Instance : place.IsAcquired ? place : null;
    }

    /// <summary>Counts a call with a wrong key; false when the address has used up its minute's mistakes.</summary>
    public bool TryCountFailure(IPAddress? address) =>
        _failures?.AttemptAcquire(address ?? IPAddress.None) is not { IsAcquired: false };

    public void Dispose()
    {
        _rate?.Dispose();
        _concurrency?.Dispose();
        _failures?.Dispose();
    }

    private sealed class Nothing : IDisposable
    {
        public static readonly Nothing Instance = new();

        public void Dispose()
        {
        }
    }
}
