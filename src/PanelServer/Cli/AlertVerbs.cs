using System.CommandLine;
using PanelServer.Data;
using PanelServer.Providers;
using PanelServer.Queries;

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
        var alerts = await AlertQueries.OpenAsync(db, new(context.Folder), now, VerbOptions.MaxRows);
        return context.WriteTable(
            alerts,
            "no open alerts",
            row => new
            {
                Id = row.Alert.Id == 0 ? (int?)null : row.Alert.Id,
                row.Provider,
                Kind = row.Alert.Kind.ToString(),
                UpstreamService = row.Alert.Subject,
                OpenedAt = VerbContext.Instant(row.Alert.OpenedAt),
                row.Alert.Said,
            },
            ("ID", row => row.Alert.Id == 0 ? "-" : row.Alert.Id),
            ("PROVIDER", row => row.Provider),
            ("KIND", row => row.Alert.Kind),
            ("SERVICE THERE", row => row.Alert.Subject),
            ("OPENED", row => VerbContext.Time(row.Alert.OpenedAt)),
            ("SAID", row => row.Alert.Said));
    }
}
