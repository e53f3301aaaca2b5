using PanelServer.Data;
using PanelServer.Data.Engines.Sqlite;
using PanelServer.Data.Entities;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Providers;
using PanelServer.Domain.Refills;
using PanelServer.Orders;
using PanelServer.Providers.PanelApi;
using PanelServer.Refills;

namespace PanelServer.Providers.Forwarding;

/// <summary>Takes what a provider says of a refill it was asked for.</summary>
internal static class HearRefill
{
    /// <summary>Takes a word inside a unit.</summary>
    /// <param name="writer">The unit's writer.</param>
    /// <param name="provider">Who speaks.</param>
    /// <param name="poll">What was asked.</param>
    /// <param name="said">What it says of it; null when it says nothing of it.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static void Take(Writer writer, ProviderView provider, PollDue poll, UpstreamRefill? said, long now)
    {
        if (!writer.Due.IsStill(poll.Due))
        {
            return;
        }

        var refill = writer.Db.Refills.Single(row => row.Id == poll.Due.Subject);
        if (RefillLifecycle.Table.IsFinal(refill.Status))
        {
            writer.Due.Remove(DueKind.Refill, refill.Id);
            return;
        }

        if (said is { Error: { } error })
        {
            Reviews.Open(writer, refill.OrderId, $"provider {provider.Name}: it says of refill {poll.UpstreamId}: {error}", now);
        }
        else if (said is { Status: null, Word.Length: > 0 })
        {
            Alerts.Raise(writer, provider.Id, AlertKind.Word, "", $"it says \"{said.Word}\" of a refill, which is no state that is known", now);
        }
        else if (said?.Status is { } status && RefillLifecycle.Table.Allows(refill.Status, status, Actor.Provider))
        {
            MoveRefill.Move(writer, refill.Id, status, Actor.Provider, now);
            if (RefillLifecycle.Table.IsFinal(status))
            {
                return;
            }
        }

        writer.Due.Set(DueKind.Refill, refill.Id, refill.OrderId, now + Pace.UntilPoll(now - refill.UpdatedAt), provider.Id);
    }
}
