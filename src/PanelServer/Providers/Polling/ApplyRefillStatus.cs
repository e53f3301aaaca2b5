using PanelServer.Data;
using PanelServer.Data.Engines.Sqlite;
using PanelServer.Data.Entities;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Providers;
using PanelServer.Domain.Refills;
using PanelServer.Orders;
using PanelServer.Providers.Client;
using PanelServer.Refills;

namespace PanelServer.Providers.Polling;

/// <summary>Takes what a provider says of a refill it was asked for.</summary>
internal static class ApplyRefillStatus
{
    /// <summary>Takes a word inside a unit.</summary>
    /// <param name="writer">The unit's writer.</param>
    /// <param name="provider">Who speaks.</param>
    /// <param name="poll">What was asked.</param>
    /// <param name="said">What it says of it; null when it says nothing of it.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static void Apply(Writer writer, ProviderView provider, PollDue poll, UpstreamRefill? said, long now)
    {
        if (!writer.Due.IsCurrent(poll.Due))
        {
            return;
        }

        var refill = writer.Db.Refills.Single(row => row.Id == poll.Due.Subject);
        if (RefillLifecycle.Table.IsFinal(refill.Status))
        {
            writer.Due.Remove(WorkKind.Refill, refill.Id);
            return;
        }

        if (said?.Said is { } word && writer.Submissions.SetSaid(poll.Sending, word))
        {
            UnknownStatusWords.Forget(writer, provider, word, refill.OrderId, now);
        }

        if (said is { Error: { } error })
        {
            if (Grace.IsOver(writer, poll.Sending, now))
            {
                ManualReviews.Open(writer, refill.OrderId, ReviewKind.Unheard, $"provider {provider.Name}: it says of refill {poll.UpstreamId}: {error}", now);
            }
        }
        else if (said is { Status: null, Said: { } strange })
        {
            UnknownStatusWords.Tell(writer, provider, strange, "a refill", refill.OrderId, now);
        }
        else if (said?.Status is { } status)
        {
            writer.Submissions.SetHeard(poll.Sending);
            ManualReviews.End(writer, refill.OrderId, [ReviewKind.Unheard], $"the provider says {said.Word} of the refill", now);
            if (RefillLifecycle.Table.Allows(refill.Status, status, Actor.Provider))
            {
                MoveRefill.Move(writer, refill.Id, status, Actor.Provider, now);
                if (RefillLifecycle.Table.IsFinal(status))
                {
                    return;
                }
            }
        }

        writer.Due.Set(WorkKind.Refill, refill.Id, refill.OrderId, now + PollingSchedule.PauseAfter(now - refill.UpdatedAt), provider.Id);
    }
}
