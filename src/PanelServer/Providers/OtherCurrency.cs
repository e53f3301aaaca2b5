using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Providers;

namespace PanelServer.Providers;

/// <summary>
/// A provider that counts in another currency than the panel. Without an exchange rate nobody knows what it costs: nothing is
/// sent to it, and nothing routed to it.
/// </summary>
internal static class OtherCurrency
{
    /// <summary>What is to be said of a provider whose currency cannot be counted in the panel's; null when it can.</summary>
    /// <param name="provider">The provider's row.</param>
    /// <param name="currency">The panel's.</param>
    public static Refusal? Unknown(ProviderRow provider, string currency) =>
        provider.SaidCurrency is { } said ? Unknown(provider.Name, said, currency)
        : provider is { Currency: { } theirs, ExchangeSet: false } && !theirs.Equals(currency, StringComparison.OrdinalIgnoreCase)
            ? Unknown(provider.Name, theirs, currency)
            : null;

    /// <summary>The same of a provider inside a unit.</summary>
    public static Refusal? Unknown(UnitOfWork unit, int provider) =>
        Unknown(unit.Db.Providers.First(row => row.Id == provider), unit.Db.Panel.First().Currency);

    /// <summary>Tells of a provider that nothing is sent to it for its currency, or that this is over.</summary>
    public static void RaiseAlert(UnitOfWork unit, int provider, long now)
    {
        if (Unknown(unit, provider) is { } unknown)
        {
            Alerts.Raise(unit, provider, AlertKind.Exchange, "", new("alert.exchange", unknown), now);
        }
        else
        {
            Alerts.End(unit, provider, AlertKind.Exchange, "", now);
        }
    }

    private static Refusal Unknown(string provider, string theirs, string ours) => new("no_exchange", provider, theirs, ours);
}
