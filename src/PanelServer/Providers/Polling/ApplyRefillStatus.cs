using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Providers;
using PanelServer.Domain.Refills;
using PanelServer.Orders;
using PanelServer.Providers.Client;
using PanelServer.Refills;

namespace PanelServer.Providers.Polling;

/// <summary>Applies what a provider reports of a refill it has.</summary>
internal static class ApplyRefillStatus
{
    /// <summary>Applies a report inside a unit.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="provider">The provider.</param>
    /// <param name="poll">What was polled.</param>
    /// <param name="said">What it reports; null when it reports nothing of the refill.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static void Apply(UnitOfWork unit, ProviderView provider, PollDue poll, UpstreamRefill? said, long now)
    {
        if (!unit.Due.IsCurrent(poll.Due))
        {
            return;
        }

        var refill = unit.Db.Refills.Single(row => row.Id == poll.Due.Subject);
        if (RefillLifecycle.Table.IsFinal(refill.Status))
        {
            unit.Due.Remove(WorkKind.Refill, refill.Id);
            return;
        }

        if (said?.Said is { } word && unit.Submissions.SetSaid(poll.Sending, word))
        {
            UnknownStatusWords.Forget(unit, provider, word, refill.OrderId, now);
        }

        if (said is { Error: { } error })
        {
            if (UnknownOrderGrace.IsOver(unit, poll.Sending, now))
            {
                ManualReviews.Open(unit, refill.OrderId, ReviewKind.Unheard, new("review.unheard_refill", provider.Name, poll.UpstreamId, error), now);
            }
        }
        else if (said is { Status: null, Said: { } strange })
        {
            UnknownStatusWords.RaiseAlert(unit, provider, strange, isRefill: true, refill.OrderId, now);
        }
        else if (said?.Status is { } status)
        {
            unit.Submissions.SetHeard(poll.Sending);
            ManualReviews.End(unit, refill.OrderId, [ReviewKind.Unheard], $"the provider says {said.Word} of the refill", now);
            if (RefillLifecycle.Table.Allows(refill.Status, status, Actor.Provider))
            {
                MoveRefill.Move(unit, refill.Id, status, Actor.Provider, now);
                if (RefillLifecycle.Table.IsFinal(status))
                {
                    return;
                }
            }
        }

        unit.Due.Set(WorkKind.Refill, refill.Id, refill.OrderId, now + PollingSchedule.PauseAfter(now - refill.UpdatedAt), provider.Id);
    }
}
