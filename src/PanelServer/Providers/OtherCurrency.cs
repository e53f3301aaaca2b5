using PanelServer.Data;
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
    public static Refusal? Unknown(Writer writer, int provider) =>
        Unknown(writer.Db.Providers.First(row => row.Id == provider), writer.Db.Panel.First().Currency);

    /// <summary>Tells of a provider that nothing is sent to it for its currency, or that this is over.</summary>
    public static void Tell(Writer writer, int provider, long now)
    {
        if (Unknown(writer, provider) is { } unknown)
        {
            Alerts.Raise(writer, provider, AlertKind.Exchange, "", $"nothing is sent to it: {unknown.Text}", now);
        }
        else
        {
            Alerts.End(writer, provider, AlertKind.Exchange, "", now);
        }
    }

    private static Refusal Unknown(string provider, string theirs, string ours) => new(
        "no_exchange",
        $"{provider} counts in {theirs} and this panel in {ours}: say what one {theirs} is in {ours} with provider edit {provider} --exchange RATE");
}
