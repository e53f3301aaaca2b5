using System.Globalization;
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

/// <summary>
/// Asks the provider that has delivered an order to refill it. What is not known to be accepted is not asked for again: a
/// person looks at it.
/// </summary>
internal static class SendRefill
{
    /// <summary>Writes down that a refill is being asked for.</summary>
    /// <returns>What to ask; null when there is nothing to ask.</returns>
    public static Errand? Claim(Writer writer, Due due, int provider, long now)
    {
        if (!writer.Due.IsStill(due))
        {
            return null;
        }

        writer.Due.Remove(DueKind.SendRefill, due.Subject);
        var refill = writer.Db.Refills.Single(row => row.Id == due.Subject);
        if (RefillLifecycle.Table.IsFinal(refill.Status) || writer.Sendings.Accepted(due.Order) is not { } delivered)
        {
            return null;
        }

        var sending = writer.Sendings.Begin(new()
        {
            Kind = SendingKind.Refill,
            Subject = due.Subject,
            Order = due.Order,
            Provider = provider,
            Quantity = delivered.Quantity,
            At = now,
        });
        return new Errand(sending, SendingKind.Refill, due.Subject, due.Order, provider, due.Attempts)
        {
            UpstreamOrder = delivered.UpstreamId!,
        };
    }

    /// <summary>Writes down what came of it, and what follows.</summary>
    public static void Settle(Writer writer, Errand errand, Asked asked, long now)
    {
        var isKnownAlready = asked is { Outcome: SendingOutcome.Accepted, UpstreamId: { } id }
            && writer.Sendings.OrderKnownAs(errand.Provider, errand.Kind, id) is not null;
        var end = isKnownAlready
            ? Evidence.Of(asked with { Outcome = SendingOutcome.Unknown }) with
            {
                UpstreamId = null,
                Reason = $"it answered with the id {asked.UpstreamId}, which another refill has already",
            }
            : Evidence.Of(asked);
        if (!writer.Sendings.End(errand.Sending, end, now))
        {
            return;
        }

        // An operator has ended it meanwhile.
        if (RefillLifecycle.Table.IsFinal(writer.Db.Refills.Single(row => row.Id == errand.Subject).Status))
        {
            return;
        }

        switch (end.Outcome)
        {
            case SendingOutcome.Accepted when end.UpstreamId is null:
                // There is nothing to ask by: a person follows it, and ends it.
                break;
            case SendingOutcome.Accepted:
                writer.Due.Set(DueKind.Refill, errand.Subject, errand.Order, now + Pace.UntilPoll(0), errand.Provider);
                break;
            case SendingOutcome.Rejected:
                MoveRefill.Move(writer, errand.Subject, RefillStatus.Rejected, Actor.Provider, now);
                break;
            case SendingOutcome.NotSent or SendingOutcome.Deferred:
                SendLater.Set(writer, DueKind.SendRefill, errand, asked, now);
                break;
            case SendingOutcome.Unknown:
                OpenUnknown(writer, errand.Order, errand.Subject, errand.Provider, end.Reason!, now);
                break;
            case SendingOutcome.UnderWay or SendingOutcome.NotAccepted:
                throw new InvalidOperationException("no call ends so");
        }
    }

    /// <summary>Nobody knows whether a provider was asked for a refill: a person looks at it.</summary>
    public static void OpenUnknown(Writer writer, int order, int refill, int provider, string reason, long now) => Reviews.Open(
        writer,
        order,
        ReviewKind.Refill,
        string.Create(CultureInfo.InvariantCulture, $"provider {writer.Sendings.NameOf(provider)} may have been asked for refill {refill}: {reason}"),
        now);
}
