namespace PanelServer.Domain.Providers;

/// <summary>The circuit breaker of a provider: when its calls fail it is opened, and no call is made until its time is over.</summary>
public static class CircuitBreaker
{
    /// <summary>Calls that fail in a row until the circuit opens.</summary>
    public const int FailuresToOpen = 5;

    private static readonly TimeSpan MinOpen = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MaxOpen = TimeSpan.FromMinutes(10);

    /// <summary>For how long the circuit opens after a number of failures in a row; null when it stays closed.</summary>
    /// <returns>Milliseconds.</returns>
    public static long? OpenFor(int failures) =>
        failures < FailuresToOpen ? null : RetryBackoff.Doubled(MinOpen, failures - FailuresToOpen, MaxOpen);
}
