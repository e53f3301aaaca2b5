using PanelServer.Domain.Providers;

namespace PanelServer.Domain.Tests.Providers;

/// <summary>When no call is made to a provider, and for how long.</summary>
public sealed class CircuitBreakerTests
{
    [Theory]
    [InlineData(0, null)]
    [InlineData(4, null)]
    [InlineData(5, 30_000L)]
    [InlineData(6, 60_000L)]
    [InlineData(9, 480_000L)]
    [InlineData(10, 600_000L)]
    [InlineData(int.MaxValue, 600_000L)]
    public void The_circuit_of_a_provider_that_fails_opens_longer_each_time(int failures, long? pause) =>
        Assert.Equal(pause, CircuitBreaker.OpenFor(failures));
}
