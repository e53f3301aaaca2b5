using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain.Providers;
using PanelServer.Providers;

namespace PanelServer.Cli;

/// <summary><c>alert</c>: what operators should know about providers.</summary>
internal static class AlertVerbs
{
    private static readonly Argument<int> Id = new("ID") { Description = "The alert's id" };

    public static Command Command(Verbs verbs) => new("alert", "What you should know about providers")
    {
        verbs.Reading(new("list", "Lists the open alerts, the oldest first.\n\nExample:\n  panelserver alert list"), ListAsync),
        verbs.Changing<Alerts>(
            new("close", "Closes an alert; it opens again when it is seen again.\n\nExample:\n  panelserver alert close 3") { Id },
            async (context, alerts) => (await alerts.CloseAsync(context.Actor, context.Get(Id))).Try(out var id, out var refusal)
                ? context.Write(new { Alert = id, State = "Closed" }, FormattableString.Invariant($"alert {id} closed"))
                : context.Refuse(refusal)),
    };

    private static async Task<int> ListAsync(VerbContext context, PanelDb db)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var rows = await db.Alerts.Where(row => row.ClosedAt == null)
            .OrderBy(row => row.OpenedAt).ThenBy(row => row.Id).Take(VerbOptions.MaxRows)
            .Join(db.Providers, alert => alert.ProviderId, provider => provider.Id, (alert, provider) => new { alert, provider.Name })
            .ToListAsync();
        var alerts = rows.Select(row => (row.alert, row.Name)).ToList();

        // Seen at once and not only when the next order is sent: nothing goes to it, and it ends when the key is there again.
        var ring = new SecretProtector(context.Folder);
        alerts.AddRange((await db.Providers.ToListAsync())
            .Where(provider => ring.Unprotect(provider.Secret) is null && !alerts.Exists(one => one.alert.ProviderId == provider.Id && one.alert.Kind == AlertKind.Key))
            .Select(provider => (
                new AlertRow { ProviderId = provider.Id, Kind = AlertKind.Key, Subject = "", Said = ProviderDirectory.KeyLost(provider.Name).Text, OpenedAt = now },
                provider.Name)));
        return context.WriteTable(
            alerts,
            "no open alerts",
            row => new
            {
                Id = row.alert.Id == 0 ? (int?)null : row.alert.Id,
                Provider = row.Name,
                Kind = row.alert.Kind.ToString(),
                UpstreamService = row.alert.Subject,
                OpenedAt = VerbContext.Instant(row.alert.OpenedAt),
                row.alert.Said,
            },
            ("ID", row => row.alert.Id == 0 ? "-" : row.alert.Id),
            ("PROVIDER", row => row.Name),
            ("KIND", row => row.alert.Kind),
            ("SERVICE THERE", row => row.alert.Subject),
            ("OPENED", row => VerbContext.Time(row.alert.OpenedAt)),
            ("SAID", row => row.alert.Said));
    }
}
