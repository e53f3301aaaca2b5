using System.CommandLine;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Queries;

namespace PanelServer.Cli;

/// <summary>Reviews that a verb is about: named by their orders, or chosen by provider and reason.</summary>
/// <param name="Orders">Whose, the longest open first where they were chosen.</param>
/// <param name="IsNamed">Whether they were named.</param>
/// <param name="IsCut">Whether more could be chosen than may be changed at once.</param>
internal sealed record ReviewSelection(IReadOnlyList<int> Orders, bool IsNamed, bool IsCut)
{
    private static readonly Option<string?> Provider = new("--provider") { HelpName = "NAME", Description = "Only of orders that this provider was sent last" };

    private static readonly Option<string?> Kind = new("--kind")
    {
        HelpName = "KIND",
        Description = $"Only for this reason: {string.Join(", ", ReviewQueries.KindNames)}",
    };

    private static readonly Argument<int[]> Named = IdArgument.Of("ORDER", "The orders' ids", isNeeded: false);

    /// <summary>Gives a command orders, or the options that choose reviews in their place.</summary>
    public static Command Give(Command command)
    {
        command.Add(Named);
        command.Add(Provider);
        command.Add(Kind);
        command.Validators.Add(given =>
        {
            var isNamed = given.GetResult(Named) is { Tokens.Count: > 0 };
            var isChosen = given.GetResult(Provider) is { Implicit: false } || given.GetResult(Kind) is { Implicit: false };
            if (isNamed == isChosen)
            {
                given.AddError("Name the orders by ids, or choose their reviews by --provider, --kind: one of the two.");
            }
        });
        return command;
    }

    /// <summary>Finds the reviews that a verb is about.</summary>
    public static async Task<Result<ReviewSelection>> FindAsync(VerbContext context, PanelDb db)
    {
        if (context.Get(Named) is { Length: > 0 } named)
        {
            return new ReviewSelection(named, IsNamed: true, IsCut: false);
        }

        return (await ReviewQueries.ChooseAsync(db, context.Get(Kind), context.Get(Provider))).Try(out var chosen, out var refusal)
            ? new ReviewSelection(chosen.Orders, IsNamed: false, chosen.IsCut)
            : refusal;
    }
}
