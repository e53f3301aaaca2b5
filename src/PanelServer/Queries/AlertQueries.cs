using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain.Providers;
using PanelServer.Providers;
using PanelServer.Texts;

namespace PanelServer.Queries;

/// <summary>An alert in a list, and the name of its provider.</summary>
internal sealed record AlertListItem(AlertRow Alert, string Provider);

/// <summary>What operators should know about providers.</summary>
internal static class AlertQueries
{
    /// <summary>The open ones, the oldest first.</summary>
    /// <param name="db">A context that reads.</param>
    /// <param name="ring">Opens the keys of providers: a lost key is reported here already, not only when the next order is sent.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="limit">Rows at the most.</param>
    public static async Task<List<AlertListItem>> OpenAsync(PanelDb db, SecretProtector ring, long now, int limit)
    {
        var rows = await db.Alerts.Where(row => row.ClosedAt == null)
            .OrderBy(row => row.OpenedAt).ThenBy(row => row.Id).Take(limit)
            .Join(db.Providers, alert => alert.ProviderId, provider => provider.Id, (alert, provider) => new { alert, provider.Name })
            .ToListAsync();
        var alerts = rows.ConvertAll(row => new AlertListItem(row.alert, row.Name));

        // Nothing goes to it, and it ends when the key is there again.
        alerts.AddRange((await db.Providers.ToListAsync())
            .Where(provider => ring.Unprotect(provider.Secret) is null && !alerts.Exists(one => one.Alert.ProviderId == provider.Id && one.Alert.Kind == AlertKind.Key))
            .Select(provider => new AlertListItem(
                new() { ProviderId = provider.Id, Kind = AlertKind.Key, Subject = "", Said = CommandLineTexts.Of(ProviderDirectory.KeyLost(provider.Name)), OpenedAt = now },
                provider.Name)));
        return alerts;
    }
}
