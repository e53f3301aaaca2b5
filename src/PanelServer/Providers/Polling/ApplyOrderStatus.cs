using System.Globalization;
using PanelServer.Cancels;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Orders;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Polling;

/// <summary>
/// Takes what a provider says of an order it has. A step forward is made by <see cref="ApplyProviderStatus"/>; what cannot be
/// moves no money and is looked at by a person; what says nothing is asked again.
/// </summary>
internal static class ApplyOrderStatus
{
    /// <summary>Until an order is asked about again of which the provider says what cannot be.</summary>
    private static readonly TimeSpan Puzzled = TimeSpan.FromMinutes(30);

    /// <summary>How long nothing may be heard of an order until a person looks at it.</summary>
    private static readonly TimeSpan SilentTooLong = TimeSpan.FromDays(3);

    // What ends a review once a provider says a state that can be taken.
    private static readonly ReviewKind[] Settled = [ReviewKind.Unheard, ReviewKind.Remains, ReviewKind.Failed];

    /// <summary>Takes a word inside a unit.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="provider">Who speaks.</param>
    /// <param name="poll">What was asked.</param>
    /// <param name="said">What it says of it; null when it says nothing of it.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static void Apply(UnitOfWork unit, ProviderView provider, PollDue poll, UpstreamOrder? said, long now)
    {
        // Whoever has taken the order in hand meanwhile has taken its due row away.
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
            TakeDenial(unit, provider, poll, order, error, now);
        }
        else if (said is null or { Status: null })
        {
            TakeNothing(unit, provider, poll, order, said, now);
        }
        else
        {
            TakeState(unit, provider, poll, order, said, now);
        }
    }

    /// <summary>It says that it does not know the order. A panel that has just taken it may not find it yet.</summary>
    private static void TakeDenial(UnitOfWork unit, ProviderView provider, PollDue poll, OrderRow order, string error, long now)
    {
        var pause = PollingSchedule.PauseAfter(now - order.UpdatedAt);
        if (Grace.IsOver(unit, poll.Sending, now))
        {
            ManualReviews.Open(unit, order.Id, ReviewKind.Unheard, $"provider {provider.Name}: it says of {poll.UpstreamId}: {error}", now);
            pause = (long)Puzzled.TotalMilliseconds;
        }

        AskAgain(unit, provider, poll, now, pause);
    }

    /// <summary>It says nothing that is a state: a word that nobody knows changes nothing, and is told once.</summary>
    private static void TakeNothing(UnitOfWork unit, ProviderView provider, PollDue poll, OrderRow order, UpstreamOrder? said, long now)
    {
        if (said is { Said: { } word })
        {
            UnknownStatusWords.Tell(unit, provider, word, "an order", order.Id, now);
        }

        if (said is { HasFailed: true })
        {
            ManualReviews.Open(unit, order.Id, ReviewKind.Failed, $"provider {provider.Name}: it says {said.Said} of {poll.UpstreamId}, and not what was delivered or goes back", now);
        }
        else if (now - order.UpdatedAt > (long)SilentTooLong.TotalMilliseconds)
        {
            ManualReviews.Open(unit, order.Id, ReviewKind.Unheard, $"provider {provider.Name}: it has said nothing of {poll.UpstreamId} for days that could be read", now);
        }

        if (said is not null)
        {
            Costs.Keep(unit, provider, poll, said, order, now);
        }

        AskAgain(unit, provider, poll, now, PollingSchedule.PauseAfter(now - order.UpdatedAt));
    }

    private static void TakeState(UnitOfWork unit, ProviderView provider, PollDue poll, OrderRow order, UpstreamOrder said, long now)
    {
        unit.Submissions.SetHeard(poll.Sending);
        Costs.Keep(unit, provider, poll, said, order, now);
        if (said is { Status: OrderStatus.Partial, Remains: null })
        {
            ManualReviews.Open(unit, order.Id, ReviewKind.Remains, $"provider {provider.Name}: it says {said.Word} of {poll.UpstreamId}, and not what remains", now);
            AskAgain(unit, provider, poll, now, (long)Puzzled.TotalMilliseconds);
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

            TellOfClamped(unit, provider, poll, said, order, now);
            return;
        }

        AskAgain(unit, provider, poll, now, PollingSchedule.PauseAfter(now - after.UpdatedAt));
    }

    private static void AskAgain(UnitOfWork unit, ProviderView provider, PollDue poll, long now, long pause) =>
        unit.Due.Set(WorkKind.Order, poll.Due.Subject, poll.Due.Order, now + pause, provider.Id);

    /// <summary>An end by a number that cannot be is taken by its nearest bound, as the contract has it; it is told, too.</summary>
    private static void TellOfClamped(UnitOfWork unit, ProviderView provider, PollDue poll, UpstreamOrder said, OrderRow order, long now)
    {
        if (said.Status == OrderStatus.Partial && said.Remains is { } remains && (remains < 0 || remains > poll.Quantity))
        {
            ManualReviews.Open(
                unit,
                order.Id,
                ReviewKind.Number,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"provider {provider.Name}: it says {said.Word}, remains {remains} of {poll.Quantity}; taken as {Math.Clamp(remains, 0, poll.Quantity)}"),
                now);
        }
    }
}
