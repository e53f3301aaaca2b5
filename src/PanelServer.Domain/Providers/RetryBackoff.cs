namespace PanelServer.Domain.Providers;

/// <summary>How long to wait before something that failed is tried again: the pause doubles with each failure, up to a bound.</summary>
public static class RetryBackoff
{
    /// <summary>Into how many steps the random part of a pause is divided.</summary>
    public const int JitterSteps = 1_000;

    private static readonly TimeSpan MinPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(10);

    /// <summary>The pause before a submission that did not reach its provider is sent again: from five seconds to ten minutes.</summary>
    /// <param name="attempts">How often in a row it has failed before.</param>
    /// <param name="jitter">0 to <see cref="JitterSteps"/>: the part of the second half that is waited, so that not all retries come at once.</param>
    /// <returns>Milliseconds.</returns>
    public static long PauseBeforeRetry(int attempts, int jitter)
    {
        var whole = Doubled(MinPause, attempts, MaxPause);
        return (whole / 2) + (whole / 2 * Math.Clamp(jitter, 0, JitterSteps) / JitterSteps);
    }

    /// <summary>A pause that has doubled a number of times, at most the greatest.</summary>
    /// <returns>Milliseconds.</returns>
    public static long Doubled(TimeSpan min, int times, TimeSpan max)
    {
        const int MaxShift = 20;
        return Math.Min((long)min.TotalMilliseconds << Math.Clamp(times, 0, MaxShift), (long)max.TotalMilliseconds);
    }
}
