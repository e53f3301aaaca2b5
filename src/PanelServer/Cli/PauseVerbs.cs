using System.CommandLine;
using System.Globalization;
using PanelServer.Domain;
using PanelServer.Orders;

namespace PanelServer.Cli;

/// <summary><c>order pause</c> and <c>order resume</c>: holding back the runs of a drip-feed.</summary>
internal static class PauseVerbs
{
    private static readonly Argument<int> Id = new("ID") { Description = "The drip-feed's id" };

    public static Command Pause(Verbs verbs) => verbs.Changing<PauseRuns>(
        new("pause", "Holds a drip-feed's next runs back; those under way go on.\n\nExample:\n  panelserver order pause 17") { Id },
        async (context, runs) => Say(context, await runs.PauseAsync(context.Actor, context.Get(Id)), isPaused: true));

    public static Command Resume(Verbs verbs) => verbs.Changing<PauseRuns>(
        new("resume", "Lets a paused drip-feed go on; a run that is late starts at once.\n\nExample:\n  panelserver order resume 17") { Id },
        async (context, runs) => Say(context, await runs.ResumeAsync(context.Actor, context.Get(Id)), isPaused: false));

    private static int Say(VerbContext context, Result<int> done, bool isPaused) =>
        done.Try(out var order, out var refusal)
            ? context.Write(
                new { Order = order, Paused = isPaused },
                string.Create(CultureInfo.InvariantCulture, $"order {order} {(isPaused ? "is paused: no further run starts" : "goes on")}"))
            : context.Refuse(refusal);
}
