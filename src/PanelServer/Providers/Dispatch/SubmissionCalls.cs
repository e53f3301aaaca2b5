using System.Collections.Concurrent;
using PanelServer.Data;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Dispatch;

/// <summary>The calls of one provider's claimed submissions. Each goes on by itself, so that a slow answer delays no other.</summary>
internal sealed class SubmissionCalls(ProviderChannel channel)
{
    private readonly ConcurrentDictionary<int, Task> _underWay = new();
    private readonly CompletionBatcher _completions = new(channel);

    /// <summary>Ends when everything has ended that was under way.</summary>
    public Task UnderWayAsync() => Task.WhenAll(_underWay.Values);

    /// <summary>Begins a call.</summary>
    /// <param name="handler">The submission's kind.</param>
    /// <param name="claimed">The submission.</param>
    /// <param name="turn">Disposed when another call may be made in its place.</param>
    /// <param name="statistics">The outcome is counted there.</param>
    /// <param name="abort">The call is given up.</param>
    /// <returns>Ends when the outcome is on disk.</returns>
    public Task Begin(ISubmissionHandler handler, ClaimedSubmission claimed, IDisposable turn, DispatchStatistics statistics, CancellationToken abort)
    {
        var call = RunAsync(handler, claimed, turn, statistics, abort);
        _underWay[claimed.Id] = call;
        _ = call.ContinueWith(_ => _underWay.TryRemove(claimed.Id, out var _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return call;
    }

    /// <summary>Makes the call and has its outcome written, whatever that is.</summary>
    private async Task RunAsync(ISubmissionHandler handler, ClaimedSubmission claimed, IDisposable turn, DispatchStatistics statistics, CancellationToken abort)
    {
        try
        {
            channel.Context.Reached(CrashPoint.Claimed);
            var answered = await handler.SendAsync(channel.Api, channel.Account, claimed, abort);
            channel.Context.Reached(CrashPoint.Answered);
            var (result, balance) = await ConfirmRefusal.RunAsync(channel, claimed, answered, abort);

            // Any other outcome may keep the next order from being submitted, so it is written before that is claimed.
            if (result.Outcome == SubmissionOutcome.Accepted)
            {
                turn.Dispose();
            }

            // That it answers closes the circuit; that there are too many calls opens it, with the outcome, and must come last.
            var hasTooManyCalls = result.Objection == RejectionReason.Rate;
            if (hasTooManyCalls)
            {
                await RecordAsync(handler, result, abort);
            }

            var outcome = await _completions.CompleteAsync(new(handler, claimed, result, balance), abort);
            channel.Context.Reached(CrashPoint.Settled);
            statistics.Sent(outcome);
            if (!hasTooManyCalls)
            {
                await RecordAsync(handler, result, abort);
            }

            if (result.Outcome == SubmissionOutcome.Unknown && handler.PlacesOrder && balance is null && !abort.IsCancellationRequested)
            {
                await KeepBalanceAfterAsync(claimed, abort);
            }
        }
#pragma warning disable CA1031 // A bug must not leave a submission under way until the next start.
        catch (Exception error) when (error is not WritesUnavailableException)
#pragma warning restore CA1031
        {
            channel.Context.Log.LogError(error, "Sending {Sending} of order {Order} to provider {Provider} failed", claimed.Id, claimed.Order, channel.Provider.Name);
            await channel.WriteAsync(unit => RecoverInterruptedSubmissions.MarkUnknown(unit, claimed, $"this should not happen: {error.Message}", channel.Now), abort);
        }
        catch (WritesUnavailableException error)
        {
            channel.Context.Log.LogError("What came of sending {Sending} of order {Order} could not be written: {Reason}", claimed.Id, claimed.Order, error.Message);
        }
        finally
        {
            turn.Dispose();
        }
    }

    /// <summary>Tells the circuit breaker whether an order's call was answered.</summary>
    private Task RecordAsync(ISubmissionHandler handler, SubmissionResult result, CancellationToken abort) => handler.PlacesOrder
        ? channel.RecordSubmissionAsync(
            result.Outcome is SubmissionOutcome.Accepted or SubmissionOutcome.Rejected or SubmissionOutcome.Deferred,
            result.Reason,
            abort)
        : Task.CompletedTask;

    /// <summary>The balance after a submission whose outcome is unknown: an operator compares.</summary>
    private async Task KeepBalanceAfterAsync(ClaimedSubmission claimed, CancellationToken abort)
    {
        var read = await channel.Api.BalanceAsync(channel.Account, abort);
        if (read.Value is { } balance)
        {
            await channel.WriteAsync(unit => ReconcileSubmission.KeepBalanceAfter(unit, claimed.Id, balance.Units), abort);
        }
    }
}
