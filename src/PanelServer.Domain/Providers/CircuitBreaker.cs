namespace PanelServer.Domain.Providers;

/// <summary>
/// The circuit breaker of a provider: the whole rule of when it is called, and for what. Closed, it is called; after failures
/// in a row it opens, and no call is made; half-open, when its time is over, one query tests it. A pause stops submissions
/// only: by an operator, for our money or our key there, or after unclear refusals, when single orders probe it.
/// </summary>
/// <param name="Failures">Calls that failed in a row.</param>
/// <param name="OpenUntil">Open until then, unix milliseconds; null while it is closed.</param>
/// <param name="Paused">Why no order is submitted.</param>
/// <param name="ProbeAt">When the next order may probe it that is paused for unclear refusals, unix milliseconds.</param>
public readonly record struct CircuitBreaker(int Failures, long? OpenUntil, Pause Paused, long? ProbeAt)
{
    /// <summary>Calls that fail in a row until the circuit opens.</summary>
    public const int FailuresToOpen = 5;

    /// <summary>How often an order probes a provider that is paused for unclear refusals.</summary>
    public static readonly TimeSpan ProbePeriod = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan MinOpen = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MaxOpen = TimeSpan.FromMinutes(10);

    /// <summary>How long no call is made at the least after a refusal for too many calls.</summary>
    private static readonly TimeSpan MinRest = TimeSpan.FromSeconds(5);

    /// <summary>Whether enough calls have failed in a row for the circuit to open.</summary>
    public bool HasFailedTooOften => Failures >= FailuresToOpen;

    /// <summary>Whether calls are made at all.</summary>
    public bool IsClosed => OpenUntil is null;

    /// <summary>Whether new orders are submitted.</summary>
    public bool TakesOrders => MayTakeOrders(Paused, OpenUntil);

    /// <summary>
    /// Whether it is called about the orders that it has: status queries, refills, cancel requests. One that refuses our key
    /// answers none; the balance shows when it accepts the key again.
    /// </summary>
    public bool IsCalledAboutOrders => IsClosed && Paused != Pause.Key;

    /// <summary>Whether a query is due that tests it: the circuit is open, and its time is over.</summary>
    public bool IsHalfOpen(long now) => OpenUntil <= now;

    /// <summary>Whether an order is due that probes it: it is paused for unclear refusals, and the last probe is long enough ago.</summary>
    public bool IsProbeDue(long now) => IsClosed && Paused == Pause.Strange && (ProbeAt ?? 0) <= now;

    /// <summary>Whether new orders are submitted to a provider that stands so.</summary>
    public static bool MayTakeOrders(Pause paused, long? openUntil) => openUntil is null && paused == Pause.None;

    /// <summary>For how long the circuit opens after a number of failures in a row; null when it stays as it is.</summary>
    /// <returns>Milliseconds.</returns>
    public static long? OpenFor(int failures) =>
        failures < FailuresToOpen ? null : RetryBackoff.Doubled(MinOpen, failures - FailuresToOpen, MaxOpen);

    /// <summary>A call had no answer that could be read.</summary>
    public CircuitBreaker AfterFailure(long now) =>
        this with { Failures = Failures + 1, OpenUntil = OpenFor(Failures + 1) is { } time ? Math.Max(OpenUntil ?? 0, now + time) : OpenUntil };

    /// <summary>A call was answered.</summary>
    public CircuitBreaker AfterSuccess() => this with { Failures = 0, OpenUntil = null };

    /// <summary>A query was answered after submissions had failed: the next submission shows, alone, whether they are taken again.</summary>
    public CircuitBreaker AfterQueryOnly() => this with { OpenUntil = null };

    /// <summary>The provider refuses a call because there are too many.</summary>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="retryAfter">How long it asks to be left alone.</param>
    public CircuitBreaker AfterTooManyCalls(long now, TimeSpan? retryAfter)
    {
        var rest = retryAfter is { } asked && asked > MinRest ? asked : MinRest;
        return this with { OpenUntil = Math.Max(OpenUntil ?? 0, now + (long)rest.TotalMilliseconds) };
    }

    /// <summary>Pauses for a reason that the panel has found; null when it is paused already, also by an operator.</summary>
    public CircuitBreaker? PauseFor(Pause reason, long now) => Paused != Pause.None
        ? null
        : this with { Paused = reason, ProbeAt = reason == Pause.Strange ? NextProbe(now) : ProbeAt };

    /// <summary>Takes the turn to probe it; null when that is not due, or not for this pause.</summary>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="dueOrNot">An operator asks for it.</param>
    public CircuitBreaker? TakeProbe(long now, bool dueOrNot) => Paused == Pause.Strange && (dueOrNot || (ProbeAt ?? 0) <= now)
        ? this with { ProbeAt = NextProbe(now) }
        : null;

    /// <summary>Ends a pause whose reason has gone; null when it is paused for another reason by now.</summary>
    public CircuitBreaker? Resume(Pause reason) => Paused != reason
        ? null
        : this with { Paused = Pause.None, ProbeAt = reason == Pause.Strange ? null : ProbeAt };

    /// <summary>An operator pauses it, whatever it was paused for.</summary>
    public CircuitBreaker PauseByOperator() => this with { Paused = Pause.Operator, ProbeAt = null };

    /// <summary>An operator resumes it, whatever it was paused for, and has it called at once.</summary>
    public static CircuitBreaker ResumedByOperator => new(0, null, Pause.None, null);

    private static long NextProbe(long now) => now + (long)ProbePeriod.TotalMilliseconds;
}
