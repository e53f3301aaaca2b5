using System.CommandLine;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Orders;
using PanelServer.Orders;

namespace PanelServer.Cli;

/// <summary><c>order correct</c>: another end in the place of one that was wrong.</summary>
internal static class CorrectVerb
{
    private static readonly OrderStatus[] Ends = [OrderStatus.Completed, OrderStatus.Partial, OrderStatus.Canceled];

    private static readonly Argument<int[]> Ids = IdArgument.Of("ID", "The ended orders' ids");
    private static readonly Option<string> To = EndOption();
    private static readonly Option<long?> Remains = new("--remains") { HelpName = "N", Description = "What is undelivered, if it is not what is known" };
    private static readonly Option<string> Reason = new("--reason") { HelpName = "TEXT", Description = "Why; it is written down", Required = true };

    public static Command Command(Verbs verbs) => verbs.Changing<Bulk, QueryReaders>(
        new(
            "correct",
            "Puts ended orders right: the money follows, in either direction.\n\nExample:\n  panelserver order correct 17 --to Partial --remains 40 --reason \"40 never arrived\"")
        { Ids, To, Remains, Reason, BulkAnswer.Preview },
        (context, bulk, readers) =>
        {
            var to = Ends.Single(end => StatusNames.Of(end) == context.Get(To));
            return BulkAnswer.MoveOrdersAsync(
                context,
                bulk,
                readers,
                OrderSelection.Of(context.Get(Ids)),
                (unit, id, now) => CorrectOrder.Correct(unit, new(id, to, context.Get(Remains), context.Get(Reason)), now));
        });

    private static Option<string> EndOption()
    {
        var option = new Option<string>("--to") { HelpName = "STATE", Description = "How it ended in truth", Required = true };
        option.AcceptOnlyFromAmong([.. Ends.Select(StatusNames.Of)]);
        return option;
    }
}
