using System.Globalization;
using PanelServer.Data;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Dispatch;

/// <summary>A submission whose call has ended, and whose outcome is to be written.</summary>
/// <param name="Handler">Its kind.</param>
/// <param name="Claimed">The submission.</param>
/// <param name="Result">What came of the call.</param>
/// <param name="Balance">Our balance, where it was asked for.</param>
internal sealed record Completion(ISubmissionHandler Handler, ClaimedSubmission Claimed, SubmissionResult Result, UpstreamBalance? Balance)
{
    /// <summary>The outcome, when it is on disk.</summary>
    public TaskCompletionSource<SubmissionOutcome> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>
/// Writes the outcomes of one provider's submissions. Those that are there when one has been written share the next unit of
/// work, and so its commit; each still decides by its own row, and one that fails is written apart from the others.
/// </summary>
internal sealed class CompletionBatcher(ProviderChannel channel)
{
    /// <summary>Outcomes in one unit.</summary>
    private const int MaxBatch = 64;

    private readonly Lock _gate = new();
    private readonly Queue<Completion> _waiting = new();
    private bool _isWriting;

    /// <summary>Has an outcome written.</summary>
    /// <returns>The outcome, with regard to earlier refusals, when it is on disk.</returns>
    /// <exception cref="WritesUnavailableException">The disk has not taken it, and the panel does not wait any more.</exception>
    public Task<SubmissionOutcome> CompleteAsync(Completion completion, CancellationToken abort)
    {
        lock (_gate)
        {
            _waiting.Enqueue(completion);
            if (!_isWriting)
            {
                _isWriting = true;
                _ = WriteAllAsync(abort);
            }
        }

        return completion.Written.Task;
    }

    private async Task WriteAllAsync(CancellationToken abort)
    {
        // Answers that arrive at the same time are to find each other here.
        await Task.Yield();
        while (TakeBatch() is { Count: > 0 } batch)
        {
            await WriteAsync(batch, abort);
        }
    }

    private List<Completion> TakeBatch()
    {
        lock (_gate)
        {
            var batch = new List<Completion>(Math.Min(_waiting.Count, MaxBatch));
            while (batch.Count < MaxBatch && _waiting.TryDequeue(out var completion))
            {
                batch.Add(completion);
            }

            _isWriting = batch.Count > 0;
            return batch;
        }
    }

    private async Task WriteAsync(List<Completion> batch, CancellationToken abort)
    {
        try
        {
            var current = batch.Exists(one => one.Balance is not null) ? channel.Current() : channel.Provider;
            var outcomes = new SubmissionOutcome[batch.Count];
            await channel.WriteAsync(
                unit =>
                {
                    for (var at = 0; at < batch.Count; at++)
                    {
                        outcomes[at] = Complete(unit, batch[at], current);
                        unit.EndPart();
                    }
                },
                abort);
            for (var at = 0; at < batch.Count; at++)
            {
                batch[at].Written.SetResult(outcomes[at]);
            }
        }
#pragma warning disable CA1031 // What is wrong with one outcome must not keep the others from being written.
        catch (Exception error) when (error is not WritesUnavailableException && batch.Count > 1)
#pragma warning restore CA1031
        {
            foreach (var one in batch)
            {
                await WriteAsync([one], abort);
            }
        }
#pragma warning disable CA1031 // The submission's own call is told.
        catch (Exception error)
#pragma warning restore CA1031
        {
            batch.ForEach(one => one.Written.SetException(error));
        }
    }

    private SubmissionOutcome Complete(UnitOfWork unit, Completion completion, ProviderView current)
    {
        var (handler, claimed, result, balance) = completion;
        if (balance is not null)
        {
            WatchBalance.Take(unit, current, balance, channel.Now);
            ReconcileSubmission.KeepBalanceAfter(unit, claimed.Id, balance.Units);
        }

        if (handler.PlacesOrder)
        {
            var words = string.Create(CultureInfo.InvariantCulture, $"{result.Reason} (order {claimed.Order})");
            channel.HeedRefusal(unit, JudgeRefusal.IsAgain(unit, claimed, result) ? null : result.Objection, result.IsConfirmed, words, result.Exchange);
        }

        return handler.Complete(unit, claimed, result, channel.Now);
    }
}
