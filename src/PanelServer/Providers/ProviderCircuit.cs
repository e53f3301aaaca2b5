using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain.Providers;

namespace PanelServer.Providers;

/// <summary>
/// Keeps the <see cref="CircuitBreaker"/> of a provider in its row, with the alerts that go with each change. While a circuit
/// is open or paused, orders wait or take another route; none is failed for it. An instance is what a worker remembers of its
/// own calls, so that a call which is answered as the one before writes nothing; all else is inside a unit of work.
/// </summary>
/// <param name="provider">The provider as the worker was made for it.</param>
internal sealed class ProviderCircuit(ProviderView provider)
{
    /// <summary>Orders that are made due in one unit when a provider takes them again.</summary>
    private const int MaxMadeDue = 500;

    private volatile bool _isFailing = provider.Failures > 0;
    private int _failedSubmissions = provider.Failures;

    /// <summary>Whether the last call had no answer.</summary>
    public bool IsFailing => _isFailing;

    /// <summary>Submissions at the same time: one alone while the last was not answered, whatever is answered to queries.</summary>
    public int SubmissionsAtOnce => Volatile.Read(ref _failedSubmissions) > 0 ? 1 : provider.Concurrency;

    /// <summary>The row counts more failures than this worker remembers: calls of an earlier worker, or two that ended at the same time.</summary>
    public void Recall(ProviderView current) => _isFailing |= current.Failures > 0 || current.OpenUntil is not null;

    /// <summary>A submission was answered, or was not.</summary>
    /// <returns>What is to be written; null when that is as before.</returns>
    public Action<UnitOfWork, long>? AfterSubmission(bool isAnswered, string why)
    {
        if (!isAnswered)
        {
            Interlocked.Increment(ref _failedSubmissions);
        }
        else if (Interlocked.Exchange(ref _failedSubmissions, 0) > 0)
        {
            // A provider that has answered queries meanwhile takes orders again, too.
            _isFailing = true;
        }

        return AfterCall(isAnswered, why);
    }

    /// <summary>Any call was answered, or was not.</summary>
    /// <returns>What is to be written; null when that is as before.</returns>
    public Action<UnitOfWork, long>? AfterCall(bool isAnswered, string why)
    {
        if (isAnswered && !_isFailing)
        {
            return null;
        }

        _isFailing = !isAnswered;
        return (unit, now) =>
        {
            if (!isAnswered)
            {
                RecordFailure(unit, provider.Id, why, now);
            }
            else if (Volatile.Read(ref _failedSubmissions) == 0)
            {
                RecordSuccess(unit, provider.Id, now);
            }
            else
            {
                Change(unit, provider.Id, now, circuit => circuit.AfterQueryOnly());
            }
        };
    }

    /// <summary>A call had no answer that could be read.</summary>
    public static void RecordFailure(UnitOfWork unit, int provider, string why, long now)
    {
        if (Change(unit, provider, now, circuit => circuit.AfterFailure(now)) is { HasFailedTooOften: true })
        {
            Alerts.Raise(unit, provider, AlertKind.Circuit, "", new("alert.circuit", why), now);
        }
    }

    /// <summary>A call was answered.</summary>
    public static void RecordSuccess(UnitOfWork unit, int provider, long now)
    {
        Change(unit, provider, now, circuit => circuit.AfterSuccess());
        Alerts.End(unit, provider, AlertKind.Circuit, "", now);
    }

    /// <summary>A call was refused because there were too many.</summary>
    public static void RecordTooManyCalls(UnitOfWork unit, int provider, TimeSpan? retryAfter, long now) =>
        Change(unit, provider, now, circuit => circuit.AfterTooManyCalls(now, retryAfter));

    /// <summary>Pauses a provider that refuses our money or our key; what an operator has paused stays as it is.</summary>
    public static void Pause(UnitOfWork unit, int provider, RejectionReason reason, string said, long now)
    {
        var (pause, alert, code) = reason == RejectionReason.Funds
            ? (Domain.Providers.Pause.Funds, AlertKind.Funds, "alert.funds")
            : (Domain.Providers.Pause.Key, AlertKind.Key, "alert.key");
        Change(unit, provider, now, circuit => circuit.PauseFor(pause, now));
        Alerts.Raise(unit, provider, alert, "", new(code, said), now);
    }

    /// <summary>Pauses a provider that refuses order after order unclearly, and has it probed.</summary>
    public static void PauseForUnclearRefusals(UnitOfWork unit, int provider, long now) =>
        Change(unit, provider, now, circuit => circuit.PauseFor(Domain.Providers.Pause.Strange, now));

    /// <summary>Whether a provider is paused for unclear refusals.</summary>
    public static bool IsPausedForUnclearRefusals(UnitOfWork unit, int provider) => Of(unit, provider).Paused == Domain.Providers.Pause.Strange;

    /// <summary>Takes the turn to probe a provider; the next is a while later, whatever becomes of this one.</summary>
    /// <returns>Whether it is this caller's.</returns>
    public static bool TakeProbe(UnitOfWork unit, int provider, bool dueOrNot, long now) =>
        Change(unit, provider, now, circuit => circuit.TakeProbe(now, dueOrNot)) is not null;

    /// <summary>Submits to a provider again, first what waits longest.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="provider">Which provider.</param>
    /// <param name="reason">Why it is paused, as the caller knows; paused for another reason meanwhile, it stays so.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static void Resume(UnitOfWork unit, int provider, Pause reason, long now)
    {
        unit.Due.MakeDueNow(provider, WorkKind.Send, now, MaxMadeDue);
        Change(unit, provider, now, circuit => circuit.Resume(reason));
        Alerts.End(unit, provider, AlertKind.Funds, "", now);
        Alerts.End(unit, provider, AlertKind.Key, "", now);
    }

    /// <summary>The circuit breaker of a row.</summary>
    public static CircuitBreaker Of(ProviderRow row) => new(row.Failures, row.OpenUntil, row.Paused, row.ProbeAt);

    /// <summary>Puts a circuit breaker into a row that an operator changes.</summary>
    public static void Put(ProviderRow row, CircuitBreaker circuit, long now)
    {
        row.PausedAt = PausedAt(row.Paused, circuit.Paused, row.PausedAt, now);
        (row.Failures, row.OpenUntil, row.Paused, row.ProbeAt) = circuit;
    }

    private static CircuitBreaker Of(UnitOfWork unit, int provider) => Read(unit, provider).Circuit;

    private static (CircuitBreaker Circuit, long? PausedAt) Read(UnitOfWork unit, int provider)
    {
        var row = unit.Db.Providers.Where(one => one.Id == provider)
            .Select(one => new { one.Failures, one.OpenUntil, one.Paused, one.ProbeAt, one.PausedAt })
            .Single();
        return (new(row.Failures, row.OpenUntil, row.Paused, row.ProbeAt), row.PausedAt);
    }

    /// <summary>Makes a transition, if there is one from the state that is read and the row still has that state.</summary>
    /// <returns>The state after it; null when nothing has changed.</returns>
    private static CircuitBreaker? Change(UnitOfWork unit, int provider, long now, Func<CircuitBreaker, CircuitBreaker?> transition)
    {
        var (before, pausedAt) = Read(unit, provider);
        if (transition(before) is not { } after)
        {
            return null;
        }

        pausedAt = PausedAt(before.Paused, after.Paused, pausedAt, now);
        var changed = unit.Db.Providers
            .Where(row => row.Id == provider && row.Failures == before.Failures && row.OpenUntil == before.OpenUntil
                && row.Paused == before.Paused && row.ProbeAt == before.ProbeAt)
            .ExecuteUpdate(row => row
                .SetProperty(p => p.Failures, after.Failures)
                .SetProperty(p => p.OpenUntil, after.OpenUntil)
                .SetProperty(p => p.Paused, after.Paused)
                .SetProperty(p => p.PausedAt, pausedAt)
                .SetProperty(p => p.ProbeAt, after.ProbeAt));
        return changed == 1 ? after : null;
    }

    // An operator who pauses again has it paused from then on.
    private static long? PausedAt(Pause before, Pause after, long? at, long now) =>
        after == Domain.Providers.Pause.None ? null
        : after == before && after != Domain.Providers.Pause.Operator ? at
        : now;
}
