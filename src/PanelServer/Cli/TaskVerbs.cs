using System.CommandLine;
using PanelServer.Data;
using PanelServer.Queries;

namespace PanelServer.Cli;

/// <summary>
/// <c>task</c>: everything that waits for a person, the longest waiting first. What a provider has in hand, and what goes
/// on by itself, is no task.
/// </summary>
internal static class TaskVerbs
{
    public static Command Command(Verbs verbs) => new("task", "What waits for a person")
    {
        verbs.Reading(
            new(
                "list",
                "Lists orders to take or to end, refills to do, cancel requests to answer, reviews, alerts about providers, services that nobody can deliver, what is paused or held; the longest waiting first.\n\nExample:\n  panelserver task list --limit 20")
            { VerbOptions.Limit },
            ListAsync),
    };

    private static async Task<int> ListAsync(VerbContext context, PanelDb db)
    {
        var now = await TaskQueries.NowAsync(db);
        return context.WriteTable(
            await TaskQueries.ListAsync(db, now, context.Get(VerbOptions.Limit)),
            "nothing waits",
            task => new { task.Kind, task.Id, Order = task.Order == 0 ? (int?)null : task.Order, task.State, Since = VerbContext.Instant(task.Since), Waits = Duration(now - task.Since) },
            ("TASK", task => task.Kind),
            ("ID", task => task.Id),
            ("ORDER", task => task.Order == 0 ? "-" : task.Order),
            ("STATE", task => task.State),
            ("SINCE", task => VerbContext.Time(task.Since)),
            ("WAITS", task => Duration(now - task.Since)));
    }

    /// <summary>How long, in its two greatest units: <c>2d 3h</c>, <c>3h 5m</c>, <c>5m</c>.</summary>
    private static string Duration(long milliseconds)
    {
        var time = TimeSpan.FromMilliseconds(Math.Max(0, milliseconds));
        return time switch
        {
            { Days: > 0 } => FormattableString.Invariant($"{time.Days}d {time.Hours}h"),
            { Hours: > 0 } => FormattableString.Invariant($"{time.Hours}h {time.Minutes}m"),
            _ => FormattableString.Invariant($"{time.Minutes}m"),
        };
    }
}
