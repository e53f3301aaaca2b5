using System.CommandLine;
using System.Globalization;
using PanelServer.Data;
using PanelServer.Providers;
using PanelServer.Providers.Dispatch;
using PanelServer.Texts;

namespace PanelServer.Cli;

/// <summary><c>order forward</c>: gives orders that wait for a person to the providers of their service.</summary>
internal static class ForwardVerb
{
    private static readonly Argument<int[]> Ids = IdArgument.Of("ID", "Orders' ids");

    public static Command Command(Verbs verbs) => verbs.Changing<Bulk, ProviderDispatcher>(
        new("forward", "Gives queued orders to the providers of their service, as for a service that had no route before.\n\nExample:\n  panelserver order forward 17-25") { Ids },
        async (context, bulk, dispatcher) =>
        {
            var ids = context.Get(Ids);
            var done = await bulk.RunAsync(context.Actor, ids, ForwardOrder.Run, isPreview: false, context.Progress);
            dispatcher.Wake();
            var skipped = done.Where(one => one.Refusal is not null).Select(one => CommandLineTexts.Of(one.Refusal!)).ToList();
            context.Write(
                new { Forwarded = done.Count - skipped.Count, Skipped = skipped },
                string.Create(CultureInfo.InvariantCulture, $"{done.Count - skipped.Count} given to providers, skipped {skipped.Count}"));
            return skipped.Aggregate(VerbContext.Done, (_, why) => context.Refuse(why));
        });
}
