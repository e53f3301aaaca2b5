namespace PanelServer.Domain.Providers;

/// <summary>When a provider is polled again about an order or a refill that it has.</summary>
public static class PollingSchedule
{
    private static readonly TimeSpan MinPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MaxPause = TimeSpan.FromHours(1);

    /// <summary>
    /// The pause until the next poll: a quarter of the time in which nothing has changed, between a minute and an hour. What
    /// changes is polled often, what stands still seldom.
    /// </summary>
    /// <param name="unchanged">Milliseconds since the last change.</param>
    /// <returns>Milliseconds.</returns>
    public static long PauseAfter(long unchanged) =>
        Math.Clamp(unchanged / 4, (long)MinPause.TotalMilliseconds, (long)MaxPause.TotalMilliseconds);
}
