using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Providers;

namespace PanelServer.Cli;

/// <summary>Reviews that a verb is about: named by their orders, or chosen by provider and reason.</summary>
/// <param name="Orders">Whose, the longest open first where they were chosen.</param>
/// <param name="IsNamed">Whether they were named.</param>
/// <param name="IsCut">Whether more could be chosen than may be changed at once.</param>
internal sealed record ReviewSelection(IReadOnlyList<int> Orders, bool IsNamed, bool IsCut)
{
    private static readonly string[] Names = [.. Enum.GetValues<ReviewKind>().Select(NameOf)];

    private static readonly Option<string?> Provider = new("--provider") { HelpName = "NAME", Description = "Only of orders that this provider was sent last" };

    private static readonly Option<string?> Kind = new("--kind")
    {
        HelpName = "KIND",
        Description = $"Only for this reason: {string.Join(", ", Names)}",
    };

    private static readonly Argument<int[]> Named = IdArgument.Of("ORDER", "The orders' ids", isNeeded: false);

    /// <summary>How operators call a reason.</summary>
    public static string NameOf(ReviewKind kind) => kind.ToString().ToLowerInvariant();

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

        var open = db.Reviews.Where(row => row.ClosedAt == null);
        if (context.Get(Kind) is { } name)
        {
            var at = Array.FindIndex(Names, one => one.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));
            if (at < 0)
            {
                return new Refusal("unknown_kind", $"{name} is no kind of review: {string.Join(", ", Names)}");
            }

            var kind = Enum.GetValues<ReviewKind>()[at];
            open = open.Where(row => row.Kind == kind);
        }

        if (context.Get(Provider) is { } asked)
        {
            if (await db.Providers.FirstOrDefaultAsync(row => EF.Functions.Collate(row.Name, "NOCASE") == asked.Trim()) is not { } provider)
            {
                return new Refusal("unknown_provider", $"there is no provider {asked.Trim()}; see `panelserver provider list`");
            }

            open = open.Where(row => db.Submissions
                .Where(sending => sending.Kind == SubmissionKind.Order && sending.Subject == row.OrderId)
                .OrderByDescending(sending => sending.Id)
                .Select(sending => sending.ProviderId)
                .FirstOrDefault() == provider.Id);
        }

        var orders = await open.OrderBy(row => row.Id).Select(row => row.OrderId).Take(Bulk.MaxIds + 1).ToListAsync();
        return new ReviewSelection([.. orders.Take(Bulk.MaxIds)], IsNamed: false, orders.Count > Bulk.MaxIds);
    }
}
