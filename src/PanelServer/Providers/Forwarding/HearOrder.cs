using System.Globalization;
using PanelServer.Cancels;
using PanelServer.Data;
using PanelServer.Data.Engines.Sqlite;
using PanelServer.Data.Entities;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Orders;
using PanelServer.Providers.PanelApi;

namespace PanelServer.Providers.Forwarding;

/// <summary>
/// Takes what a provider says of an order it has. A step forward is made by <see cref="HearProvider"/>; what cannot be
/// moves no money and is looked at by a person; what says nothing is asked again.
/// </summary>
internal static class HearOrder
{
    /// <summary>Until an order is asked about again of which the provider says what cannot be.</summary>
    private static readonly TimeSpan Puzzled = TimeSpan.FromMinutes(30);

    /// <summary>How long nothing may be heard of an order until a person looks at it.</summary>
    private static readonly TimeSpan SilentTooLong = TimeSpan.FromDays(3);

    /// <summary>Takes a word inside a unit.</summary>
    /// <param name="writer">The unit's writer.</param>
    /// <param name="provider">Who speaks.</param>
    /// <param name="poll">What was asked.</param>
    /// <param name="said">What it says of it; null when it says nothing of it.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static void Take(Writer writer, ProviderView provider, PollDue poll, UpstreamOrder? said, long now)
    {
        // Whoever has taken the order in hand meanwhile has taken its due row away.
        if (!writer.Due.IsStill(poll.Due))
        {
            return;
        }

        var order = writer.Orders.Find(poll.Due.Order)!;
        if (said is null or { Status: null, Error: null })
        {
            Strange(writer, provider, said, now);
            if (now - order.UpdatedAt > (long)SilentTooLong.TotalMilliseconds)
            {
                Reviews.Open(writer, order.Id, $"provider {provider.Name}: it has said nothing of {poll.UpstreamId} for days that could be read", now);
            }

            AskAgain(writer, provider, poll, now, Pace.UntilPoll(now - order.UpdatedAt));
            return;
        }

        KeepCost(writer, provider, poll, said, order, now);
        if (Contradiction(poll, said) is { } puzzle)
        {
            Reviews.Open(writer, order.Id, $"provider {provider.Name}: {puzzle}", now);
            AskAgain(writer, provider, poll, now, (long)Puzzled.TotalMilliseconds);
            return;
        }

        // Until it has begun, a provider's numbers say nothing: some write 0 where others write all of it.
        var hasBegun = said.Status is not (OrderStatus.Pending or OrderStatus.Processing);
        var remains = hasBegun && said.Remains is { } left ? Multiplier.Remains(left, poll.Quantity, order.Quantity) : (long?)null;
        var asked = writer.Orders.OpenCancel(order.Id);
        var status = HearProvider.Hear(writer, new(order.Id, said.Status!.Value, remains, hasBegun ? said.StartCount : null), now);
        if (OrderLifecycle.IsFinal(status))
        {
            if (asked is { } request && status is OrderStatus.Canceled or OrderStatus.Partial)
            {
                AnswerCancel.SettleBy(writer, request, now);
            }

            TellOfClamped(writer, provider, poll, said, order, now);
            return;
        }

        AskAgain(writer, provider, poll, now, Pace.UntilPoll(now - writer.Orders.Find(order.Id)!.UpdatedAt));
    }

    private static void AskAgain(Writer writer, ProviderView provider, PollDue poll, long now, long pause) =>
        writer.Due.Set(DueKind.Order, poll.Due.Subject, poll.Due.Order, now + pause, provider.Id);

    /// <summary>Why a word cannot be taken at all; null when it can.</summary>
    private static string? Contradiction(PollDue poll, UpstreamOrder said) =>
        said.Error is { } error ? $"it says of {poll.UpstreamId}: {error}"
        : said is { Status: OrderStatus.Partial, Remains: null } ? $"it says {said.Word} of {poll.UpstreamId}, and not what remains"
        : null;

    /// <summary>An end by a number that cannot be is taken by its nearest bound, as the contract has it; it is told, too.</summary>
    private static void TellOfClamped(Writer writer, ProviderView provider, PollDue poll, UpstreamOrder said, OrderRow order, long now)
    {
        if (said.Status == OrderStatus.Partial && said.Remains is { } remains && (remains < 0 || remains > poll.Quantity))
        {
            Reviews.Open(
                writer,
                order.Id,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"provider {provider.Name}: it says {said.Word}, remains {remains} of {poll.Quantity}; taken as {Math.Clamp(remains, 0, poll.Quantity)}"),
                now);
        }
    }

    /// <summary>A word that nobody knows changes nothing; it is told once.</summary>
    private static void Strange(Writer writer, ProviderView provider, UpstreamOrder? said, long now)
    {
        if (said is { Word.Length: > 0 })
        {
            Alerts.Raise(writer, provider.Id, AlertKind.Word, "", $"it says \"{said.Word}\" of an order, which is no state that is known", now);
        }
    }

    /// <summary>What it charges, if it counts in the currency that it is known to count in.</summary>
    private static void KeepCost(Writer writer, ProviderView provider, PollDue poll, UpstreamOrder said, OrderRow order, long now)
    {
        if (said.Currency is { } currency && provider.Currency is { } known && !currency.Equals(known, StringComparison.OrdinalIgnoreCase))
        {
            // For itself: a balance in the known currency says nothing about charges, and must not end this.
            Alerts.Raise(writer, provider.Id, AlertKind.Currency, "charges", $"it counts in {currency} now, and in {known} before: its charges are not taken", now);
            return;
        }

        if (said.Charge is { } charge)
        {
            // One that no amount can hold is not kept, and never cut; that it is too much shows with its route.
            if (provider.Exchange.InPanel(charge) is { } cost)
            {
                writer.Sendings.SetCost(poll.Sending, cost);
            }

            SeenCost.Charged(writer, provider, poll, said, order, now);
        }
    }
}
