using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Polling;

/// <summary>Stores what a provider charges for an order, and raises an alert when that is more than the order was sold for.</summary>
internal static class ReportedCosts
{
    /// <summary>Takes a charge inside a unit, if it is counted in the currency that the provider is known to count in.</summary>
    public static void Store(UnitOfWork unit, ProviderView provider, PollDue poll, UpstreamOrder said, OrderRow order, long now)
    {
        if (said.Currency is { } currency && provider.Currency is { } known && !currency.Equals(known, StringComparison.OrdinalIgnoreCase))
        {
            // For itself: a balance in the known currency says nothing about charges, and must not end this.
            Alerts.Raise(unit, provider.Id, AlertKind.Currency, "charges", new("alert.currency_charges", currency, known), now);
            return;
        }

        if (said.Charge is not { } charge)
        {
            return;
        }

        // One that no amount can hold is not kept, and never cut; that it is too much shows with its route.
        var kept = provider.Exchange.InPanel(charge);
        if (kept is { } cost)
        {
            unit.SalesJournal.Cost(poll.Sending, cost, now);
            unit.Submissions.SetCost(poll.Sending, cost);
        }

        if (kept is not { } paid || paid > order.Charge)
        {
            Alerts.RaiseOf(
                unit,
                provider.Id,
                AlertKind.Loss,
                poll.UpstreamService ?? "",
                order.Id,
                new("alert.loss", poll.UpstreamService, kept ?? (object)new Domain.Phrase("more_than_counted"), order.Charge),
                now);
        }

        SeenCost.Charged(unit, provider, poll, said, order, now);
    }
}
