using PanelServer.Cancels;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Orders;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Polling;

/// <summary>
/// Applies what a provider reports of an order it has. A transition is made by <see cref="ApplyProviderStatus"/>; a report that
/// cannot be true moves no money and opens a review; one that cannot be read is asked for again.
/// </summary>
internal static class ApplyOrderStatus
{
    /// <summary>Until an order is polled again of which the provider reports what cannot be.</summary>
    private static readonly TimeSpan AfterImpossible = TimeSpan.FromMinutes(30);

    /// <summary>How long nothing that can be read may be reported of an order until a person looks at it.</summary>
    private static readonly TimeSpan SilentTooLong = TimeSpan.FromDays(3);

    // What ends once a provider reports a state that can be applied.
    private static readonly ReviewKind[] Settled = [ReviewKind.Unheard, ReviewKind.Remains, ReviewKind.Failed];

    /// <summary>Applies a report inside a unit.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="provider">The provider.</param>
    /// <param name="poll">What was polled.</param>
    /// <param name="said">What it reports; null when it reports nothing of the order.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static void Apply(UnitOfWork unit, ProviderView provider, PollDue poll, UpstreamOrder? said, long now)
    {
        // Moved by hand meanwhile, or polled by somebody else: its scheduled work is another, or gone.
        if (!unit.Due.IsCurrent(poll.Due))
        {
            return;
        }

        var order = unit.Orders.Find(poll.Due.Order)!;
        if (said?.Said is { } word && unit.Submissions.SetSaid(poll.Sending, word))
        {
            UnknownStatusWords.Forget(unit, provider, word, order.Id, now);
        }

        if (said is { Error: { } error })
        {
            ApplyNotFound(unit, provider, poll, order, error, now);
        }
        else if (said is null or { Status: null })
        {
            ApplyUnreadable(unit, provider, poll, order, said, now);
        }
        else
        {
            ApplyState(unit, provider, poll, order, said, now);
        }
    }

    /// <summary>It reports that it does not know the order. A panel that has just accepted it may not find it yet.</summary>
    private static void ApplyNotFound(UnitOfWork unit, ProviderView provider, PollDue poll, OrderRow order, string error, long now)
    {
        var pause = PollingSchedule.PauseAfter(now - order.UpdatedAt);
        if (UnknownOrderGrace.IsOver(unit, poll.Sending, now))
        {
            ManualReviews.Open(unit, order.Id, ReviewKind.Unheard, new("review.unheard", provider.Name, poll.UpstreamId, error), now);
            pause = (long)AfterImpossible.TotalMilliseconds;
        }

        PollAgain(unit, provider, poll, now, pause);
    }

    /// <summary>It reports no state that is known: an unknown word changes nothing, and raises one alert.</summary>
    private static void ApplyUnreadable(UnitOfWork unit, ProviderView provider, PollDue poll, OrderRow order, UpstreamOrder? said, long now)
    {
        if (said is { Said: { } word })
        {
            UnknownStatusWords.RaiseAlert(unit, provider, word, isRefill: false, order.Id, now);
        }

        if (said is { HasFailed: true })
        {
            ManualReviews.Open(unit, order.Id, ReviewKind.Failed, new("review.failed", provider.Name, said.Said, poll.UpstreamId), now);
        }
        else if (now - order.UpdatedAt > (long)SilentTooLong.TotalMilliseconds)
        {
            ManualReviews.Open(unit, order.Id, ReviewKind.Unheard, new("review.silent", provider.Name, poll.UpstreamId), now);
        }

        if (said is not null)
        {
            ReportedCosts.Store(unit, provider, poll, said, order, now);
        }

        PollAgain(unit, provider, poll, now, PollingSchedule.PauseAfter(now - order.UpdatedAt));
    }

    private static void ApplyState(UnitOfWork unit, ProviderView provider, PollDue poll, OrderRow order, UpstreamOrder said, long now)
    {
        unit.Submissions.SetHeard(poll.Sending);
        ReportedCosts.Store(unit, provider, poll, said, order, now);
        if (said is { Status: OrderStatus.Partial, Remains: null })
        {
            ManualReviews.Open(unit, order.Id, ReviewKind.Remains, new("review.remains", provider.Name, said.Word, poll.UpstreamId), now);
            PollAgain(unit, provider, poll, now, (long)AfterImpossible.TotalMilliseconds);
            return;
        }

        ManualReviews.End(unit, order.Id, Settled, $"the provider says {said.Word}", now);

        // Until it has begun, a provider's numbers say nothing: some write 0 where others write all of it.
        var hasBegun = said.Status is not (OrderStatus.Pending or OrderStatus.Processing);
        var remains = hasBegun && said.Remains is { } left ? Multiplier.Remains(left, poll.Quantity, order.Quantity) : (long?)null;
        var asked = unit.Orders.OpenCancel(order.Id);
        var after = ApplyProviderStatus.Apply(unit, order, new(said.Status!.Value, remains, hasBegun ? said.StartCount : null), now);
        if (OrderLifecycle.IsFinal(after.Status))
        {
            if (asked is { } request && after.Status is OrderStatus.Canceled or OrderStatus.Partial)
            {
                AnswerCancel.SettleBy(unit, request, now);
            }

            ReviewIfClamped(unit, provider, poll, said, order, now);
            return;
        }

        PollAgain(unit, provider, poll, now, PollingSchedule.PauseAfter(now - after.UpdatedAt));
    }

    private static void PollAgain(UnitOfWork unit, ProviderView provider, PollDue poll, long now, long pause) =>
        unit.Due.Set(WorkKind.Order, poll.Due.Subject, poll.Due.Order, now + pause, provider.Id);

    /// <summary>An end with a number out of bounds is applied by its nearest bound, as the contract has it; a person looks at it, too.</summary>
    private static void ReviewIfClamped(UnitOfWork unit, ProviderView provider, PollDue poll, UpstreamOrder said, OrderRow order, long now)
    {
        if (said.Status == OrderStatus.Partial && said.Remains is { } remains && (remains < 0 || remains > poll.Quantity))
        {
            ManualReviews.Open(
                unit,
                order.Id,
                ReviewKind.Number,
                new("review.number", provider.Name, said.Word, remains, poll.Quantity, Math.Clamp(remains, 0, poll.Quantity)),
                now);
        }
    }
}
