using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;

namespace PanelServer.Cli;

/// <summary><c>audit</c>: who did what to the panel.</summary>
internal static class AuditVerbs
{
    private static readonly Option<string?> Actor = Text("--actor", "NAME", "Only of this person, or by this way in, such as cli");
    private static readonly Option<string?> Action = Text("--action", "VERB", "Only this verb, such as \"reseller deposit\", or all of a noun, such as order");
    private static readonly Option<string?> Subject = Text("--subject", "TEXT", "Only about this, such as alice or \"order 17\"");

    public static Command Command(Verbs verbs) => new("audit", "Who did what to the panel")
    {
        verbs.Reading(
            new(
                "list",
                "Lists what people did, the newest first: when, who, by which way in, with what, and what it moved.\n\nExamples:\n  panelserver audit list --action \"reseller deposit\" --subject alice\n  panelserver audit list --from 2026-01-01 --to 2026-02-01 --json")
            { Actor, Action, Subject, VerbOptions.From, VerbOptions.To, VerbOptions.Before, VerbOptions.Limit },
            ListAsync),
    };

    private static async Task<int> ListAsync(VerbContext context, PanelDb db)
    {
        var rows = await Chosen(context, db.Audit)
            .OrderByDescending(row => row.Id)
            .Take(context.Get(VerbOptions.Limit))
            .ToListAsync();
        return context.WriteTable(
            rows,
            "nothing was done",
            row => new
            {
                row.Id,
                At = VerbContext.Instant(row.At),
                row.Who,
                row.Channel,
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

    private static IQueryable<AuditRow> Chosen(VerbContext context, IQueryable<AuditRow> rows)
    {
        var before = context.Get(VerbOptions.Before);
        rows = rows.Where(row => row.Id < before);
        if (context.Get(VerbOptions.From) is { } from)
        {
            rows = rows.Where(row => row.At >= from);
        }

        if (context.Get(VerbOptions.To) is { } to)
        {
            rows = rows.Where(row => row.At < to);
        }

        if (context.Get(Actor) is { } actor)
        {
            rows = rows.Where(row => row.Who == actor || row.Channel == actor);
        }

        if (context.Get(Action) is { } action)
        {
            rows = rows.Where(row => row.Action == action || row.Action.StartsWith(action + " "));
        }

        if (context.Get(Subject) is { } subject)
        {
            rows = rows.Where(row => EF.Functions.Collate(row.Subject, "NOCASE") == subject || row.Subject.EndsWith(" " + subject));
        }

        return rows;
    }

    private static Option<string?> Text(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description };
}
