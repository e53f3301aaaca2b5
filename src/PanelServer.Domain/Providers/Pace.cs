namespace PanelServer.Domain.Providers;

/// <summary>How long is waited with providers: until they are asked again, until something is sent again, until one that fails is tried.</summary>
public static class Pace
{
    /// <summary>Calls that fail in a row until a provider is left alone.</summary>
    public const int FailuresToOpen = 5;

    /// <summary>Into how many parts the time that is left to chance is cut.</summary>
    public const int JitterSteps = 1_000;

    private static readonly TimeSpan MinPoll = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MaxPoll = TimeSpan.FromHours(1);
    private static readonly TimeSpan MinBackOff = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxBackOff = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MinOpen = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MaxOpen = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Until an order or a refill is asked about again: a quarter of the time in which nothing has changed, between a minute
    /// and an hour. What moves is asked about often, what stands still seldom.
    /// </summary>
    /// <param name="unchanged">Milliseconds since something changed.</param>
    /// <returns>Milliseconds.</returns>
    public static long UntilPoll(long unchanged) =>
        Math.Clamp(unchanged / 4, (long)MinPoll.TotalMilliseconds, (long)MaxPoll.TotalMilliseconds);

    /// <summary>Until something is sent again that could not be sent: doubling from five seconds to ten minutes.</summary>
    /// <param name="attempts">How often in a row it failed before.</param>
    /// <param name="jitter">0 to <see cref="JitterSteps"/>: so much of the second half is waited, so that not all come back at once.</param>
    /// <returns>Milliseconds.</returns>
    public static long UntilSentAgain(int attempts, int jitter)
    {
        var whole = Doubled(MinBackOff, attempts, MaxBackOff);
        return (whole / 2) + (whole / 2 * Math.Clamp(jitter, 0, JitterSteps) / JitterSteps);
    }

    /// <summary>For how long a provider is left alone after so many calls failed in a row; null when it is not.</summary>
    /// <returns>Milliseconds.</returns>
    public static long? Open(int failures) =>
        failures < FailuresToOpen ? null : Doubled(MinOpen, failures - FailuresToOpen, MaxOpen);

    private static long Doubled(TimeSpan least, int times, TimeSpan most)
    {
        const int Enough = 20;
        return Math.Min((long)least.TotalMilliseconds << Math.Clamp(times, 0, Enough), (long)most.TotalMilliseconds);
    }
}
