using PanelServer.Data;
using PanelServer.Domain.Providers;

namespace PanelServer.Providers.Polling;

/// <summary>Words for a state that nobody knows: one alert for each, with the orders of which they are said last.</summary>
internal static class UnknownStatusWords
{
    /// <summary>A provider reports such a word for an order, or for a refill of it.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="provider">Who says it.</param>
    /// <param name="said">The word as it is written.</param>
    /// <param name="isRefill">Whether it is said of a refill, and not of an order.</param>
    /// <param name="order">Which order.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static void RaiseAlert(UnitOfWork unit, ProviderView provider, string said, bool isRefill, int order, long now) => Alerts.RaiseOf(
        unit,
        provider.Id,
        AlertKind.Word,
        isRefill ? $"{said} of a refill" : said,
        order,
        new(isRefill ? "alert.word_refill" : "alert.word", said, provider.Name),
        now);

    /// <summary>A provider says something else of an order now; an alert about no order any more ends.</summary>
    public static void Forget(UnitOfWork unit, ProviderView provider, string? stillSaid, int order, long now)
    {
        foreach (var (alert, subject) in unit.Alerts.Open(provider.Id, AlertKind.Word))
        {
            if (subject == stillSaid || !unit.Alerts.Remove(alert, order))
            {
                continue;
            }

            if (unit.Alerts.Orders(alert).Count == 0)
            {
                Alerts.End(unit, provider.Id, AlertKind.Word, subject, now);
            }
        }
    }
}
