using PanelServer.Cancels;
using PanelServer.Data;
using PanelServer.Data.Engines.Sqlite;
using PanelServer.Data.Entities;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Orders;
using PanelServer.Providers.PanelApi;

namespace PanelServer.Providers.Forwarding;

/// <summary>
/// Asks the provider that has an order to cancel it. Its yes only means that it was heard: how the order ends, its status
/// says, and only that pays back. A wish may be repeated when it is not known whether it was heard: the second can only come
/// to the same.
/// </summary>
internal static class SendCancel
{
    /// <summary>How often a wish is repeated of which it is not known whether it was heard.</summary>
    private const int MostRepeats = 3;

    /// <summary>Until an order is asked about whose provider has heard the wish.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(15);

    /// <summary>Writes down that a provider is being asked to cancel.</summary>
    /// <returns>What to ask; null when there is nothing to ask.</returns>
    public static Errand? Claim(Writer writer, Due due, int provider, long now)
    {
        if (!writer.Due.IsStill(due))
        {
            return null;
        }

        writer.Due.Remove(DueKind.SendCancel, due.Subject);
        var order = writer.Orders.Find(due.Order)!;
        if (OrderLifecycle.IsFinal(order.Status)
            || writer.Orders.OpenCancel(order.Id) is not { } request
            || writer.Sendings.Accepted(order.Id) is not { } accepted)
        {
            return null;
        }

        var sending = writer.Sendings.Begin(new()
        {
            Kind = SendingKind.Cancel,
            Subject = request,
            Order = order.Id,
            Provider = provider,
            Quantity = accepted.Quantity,
            At = now,
        });
        return new Errand(sending, SendingKind.Cancel, request, order.Id, provider, due.Attempts)
        {
            UpstreamOrder = accepted.UpstreamId!,
        };
    }

    /// <summary>Writes down what came of it, and what follows.</summary>
    public static void Settle(Writer writer, Errand errand, Asked asked, long now)
    {
        if (!writer.Sendings.End(errand.Sending, Evidence.Of(asked), now))
        {
            return;
        }

        // Its state was asked for meanwhile, and it has ended: there is nothing left to wish for.
        if (writer.Orders.OpenCancel(errand.Order) != errand.Subject)
        {
            return;
        }

        switch (asked.Outcome)
        {
            case SendingOutcome.Accepted:
                Reviews.End(writer, errand.Order, [ReviewKind.Cancel], "the provider has heard the wish to cancel", now);
                LookSoon(writer, errand, now);
                break;
            case SendingOutcome.Rejected when errand.Attempts > 0 && MayBeHeard(writer, errand):
                // The no may be to the repetition alone: how the order ends is the answer.
                LookSoon(writer, errand, now);
                break;
            case SendingOutcome.Rejected:
                AnswerCancel.Refuse(writer, errand.Order, Actor.Provider, now);
                break;
            case SendingOutcome.NotSent or SendingOutcome.Deferred:
                SendLater.Set(writer, DueKind.SendCancel, errand, asked, now);
                break;
            case SendingOutcome.Unknown when errand.Attempts < MostRepeats:
                SendLater.Set(writer, DueKind.SendCancel, errand, asked, now);
                LookSoon(writer, errand, now);
                break;
            case SendingOutcome.Unknown:
                Reviews.Open(
                    writer,
                    errand.Order,
                    ReviewKind.Cancel,
                    $"provider {writer.Sendings.NameOf(errand.Provider)} does not say whether it cancels: {asked.Reason}",
                    now);
                break;
            case SendingOutcome.UnderWay or SendingOutcome.NotAccepted:
                throw new InvalidOperationException("no call ends so");
        }
    }

    private static bool MayBeHeard(Writer writer, Errand errand) => writer.Db.Sendings
        .Any(row => row.Kind == SendingKind.Cancel && row.Subject == errand.Subject && row.Outcome == SendingOutcome.Unknown);

    private static void LookSoon(Writer writer, Errand errand, long now)
    {
        if (writer.Due.IsSet(DueKind.Order, errand.Order))
        {
            writer.Due.Set(DueKind.Order, errand.Order, errand.Order, now + (long)FirstLook.TotalMilliseconds, errand.Provider);
        }
    }
}
