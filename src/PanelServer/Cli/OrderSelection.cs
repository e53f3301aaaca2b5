using System.CommandLine;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Orders;
using PanelServer.Queries;

namespace PanelServer.Cli;

/// <summary>Orders that a verb is about: named by their ids, or chosen by what they are.</summary>
/// <param name="Ids">Which, the oldest first where they were chosen.</param>
/// <param name="From">The state they were chosen by; they move only while they are in it.</param>
/// <param name="LeftOut">How many were not chosen because a provider has them in hand.</param>
/// <param name="IsCut">Whether more could be chosen than may be changed at once.</param>
internal sealed record OrderSelection(IReadOnlyList<int> Ids, OrderStatus? From, int LeftOut, bool IsCut)
{
    public static readonly Option<string?> Reseller = new("--reseller") { HelpName = "NAME", Description = "Only this reseller's" };
    public static readonly Option<string?> Status = new("--status") { HelpName = "STATE", Description = "Only in this state, such as Pending" };
    public static readonly Option<int?> Service = new("--service") { HelpName = "ID", Description = "Only of this service" };

    private static readonly Argument<int[]> Named = IdArgument.Of("ID", "The orders' ids", isNeeded: false);

    /// <summary>Orders that were named.</summary>
    public static OrderSelection Of(IReadOnlyList<int> ids) => new(ids, From: null, LeftOut: 0, IsCut: false);

    /// <summary>Whether it changes many orders; a single named order needs no confirmation.</summary>
    public bool IsMany => Ids.Count != 1 || IsChosen;

    /// <summary>Whether they were chosen by what they are.</summary>
    public bool IsChosen { get; private init; }

    /// <summary>Gives a command ids, or the options that choose orders in their place.</summary>
    public static Command Give(Command command)
    {
        Option[] filters = [Status, Service, Reseller];
        command.Add(Named);
        foreach (var filter in filters)
        {
            command.Add(filter);
        }

        command.Validators.Add(given =>
        {
            var isNamed = given.GetResult(Named) is { Tokens.Count: > 0 };
            var isChosen = filters.Any(filter => given.GetResult(filter) is { Implicit: false });
            if (isNamed == isChosen)
            {
                given.AddError("Name the orders by ids, or choose them by --status, --service, --reseller: one of the two.");
            }
        });
        return command;
    }

    /// <summary>Finds the orders that a verb is about.</summary>
    /// <param name="context">The verb, with the options of <see cref="Give"/>.</param>
    /// <param name="readers">Who looks for them.</param>
    /// <param name="to">
    /// The state they are to reach; see <see cref="OrderQueries.ChooseAsync"/>.
    /// </param>
    public static async Task<Result<OrderSelection>> FindAsync(VerbContext context, QueryReaders readers, OrderStatus to)
    {
        if (context.Get(Named) is { Length: > 0 } named)
        {
            return Of(named);
        }

        return (await readers.ReadAsync(db => OrderQueries.ChooseAsync(db, FilterOf(context), to, context.Get(BulkAnswer.WithProvider)))).Try(out var chosen, out var refusal)
            ? new OrderSelection(chosen.Ids, chosen.From, chosen.LeftOut, chosen.IsCut) { IsChosen = true }
            : refusal;
    }

    /// <summary>What the options choose.</summary>
    private static OrderFilter FilterOf(VerbContext context) =>
        new() { Reseller = context.Get(Reseller), State = context.Get(Status), Service = context.Get(Service) };
}
