using System.CommandLine;
using PanelServer.Data;
using PanelServer.Domain.Lifecycles;
using PanelServer.Queries;

namespace PanelServer.Cli;

/// <summary><c>audit</c>: who did what to the panel.</summary>
internal static class AuditVerbs
{
    private static readonly Option<string?> Person = Text("--actor", "NAME", "Only of this person, or by this way in, such as cli");
    private static readonly Option<string?> Action = Text("--action", "VERB", "Only this verb, such as \"reseller deposit\", or all of a noun, such as order");
    private static readonly Option<string?> Subject = Text("--subject", "TEXT", "Only about this, such as alice or \"order 17\"");

    private static readonly Option<string?> Kind = Text("--kind", "KIND", $"Only of this kind of party: {KindNames}");
    private static readonly Option<string?> Channel = Text("--channel", "CHANNEL", "Only by this way in, such as cli, control or job");
    private static readonly Option<string?> Request = Text("--request", "ID", "Only what this request or verb did; --json shows the id of each row");

    private static string KindNames => string.Join(", ", Enum.GetValues<Actor>().Select(NameOf));

    public static Command Command(Verbs verbs) => new("audit", "Who did what to the panel")
    {
        verbs.Reading(
            new(
                "list",
                "Lists what people did, the newest first: when, who, by which way in, with what, and what it moved.\n\nExamples:\n  panelserver audit list --action \"reseller deposit\" --subject alice\n  panelserver audit list --from 2026-01-01 --to 2026-02-01 --json\n  panelserver audit list --kind operator --channel cli")
            { Person, Kind, Channel, Action, Subject, Request, VerbOptions.From, VerbOptions.To, VerbOptions.Before, VerbOptions.Limit },
            ListAsync),
    };

    private static async Task<int> ListAsync(VerbContext context, PanelDb db)
    {
        Actor? kind = null;
        if (context.Get(Kind) is { } name)
        {
            if (!TryKind(name, out var known))
            {
                return context.WrongUse($"--kind takes {KindNames}, not '{name}'");
            }

            kind = known;
        }

        var filter = new AuditFilter
        {
            Who = context.Get(Person),
            Kind = kind,
            Channel = context.Get(Channel),
            Action = context.Get(Action),
            Subject = context.Get(Subject),
            Request = context.Get(Request),
            From = context.Get(VerbOptions.From),
            To = context.Get(VerbOptions.To),
        };
        var rows = await AuditQueries.ListAsync(db, filter, VerbOptions.PageOf(context));
        return context.WriteTable(
            rows,
            "nothing was done",
            row => new
            {
                row.Id,
                At = VerbContext.Instant(row.At),
                row.Who,
                row.Channel,
                Kind = NameOf(row.ActorKind),
                row.ActorId,
                row.Address,
                row.RequestId,
                row.Action,
                row.Subject,
                row.Detail,
                Amount = row.Amount?.ToString(),
                Balance = row.Balance?.ToString(),
            },
            ("ID", row => row.Id),
            ("AT", row => VerbContext.Time(row.At)),
            ("WHO", row => row.Who.Length == 0 ? "-" : row.Who),
            ("BY", row => row.Channel.Length == 0 ? "-" : row.Channel),
            ("ACTION", row => row.Action),
            ("SUBJECT", row => row.Subject),
            ("AMOUNT", row => row.Amount),
            ("BALANCE AFTER", row => row.Balance),
            ("DETAIL", row => row.Detail));
    }

    private static string NameOf(Actor kind) => kind.ToString().ToLowerInvariant();

    private static bool TryKind(string name, out Actor kind)
    {
        kind = Enum.GetValues<Actor>().FirstOrDefault(one => NameOf(one) == name);
        return NameOf(kind) == name;
    }

    private static Option<string?> Text(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description };
}
