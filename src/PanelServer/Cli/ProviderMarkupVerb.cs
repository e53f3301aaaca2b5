using System.CommandLine;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Catalogue;
using PanelServer.Queries;

namespace PanelServer.Cli;

/// <summary><c>provider markup</c>: how prices are made of a provider's.</summary>
internal static class ProviderMarkupVerb
{
    private static readonly Option<string?> Category = new("--category") { HelpName = "TEXT", Description = "Of the services of one category of the provider's" };
    private static readonly Option<string?> Service = new("--service") { HelpName = "ID", Description = "Of one service, by the provider's id" };
    private static readonly Option<string?> Percent = new("--percent") { HelpName = "PERCENT", Description = "Put on the cost, such as 20%" };
    private static readonly Option<string?> Fixed = Price("--fixed", "Put on after that");
    private static readonly Option<string?> RoundUp = Price("--round-up", "The price is rounded up to a multiple of it; 0 = not at all");
    private static readonly Option<string?> Floor = Price("--floor", "The least price; 0 = none");
    private static readonly Option<string?> Ceiling = Price("--ceiling", "The greatest price, but never below the cost; 0 = none");
    private static readonly Option<bool> Remove = new("--remove") { Description = "Remove the rule" };

    private static readonly Option[] Values = [Percent, Fixed, RoundUp, Floor, Ceiling];

    public static Command Command(Verbs verbs)
    {
        var command = new Command(
            "markup",
            "Sets how prices are made of a provider's, or lists the rules. One of a service comes before one of its category, and that before the provider's. Prices follow with the next sync.\n\nExamples:\n  panelserver provider markup acme --percent 20% --round-up 0.05\n  panelserver provider markup acme --category Instagram --percent 35% --floor 0.10\n  panelserver provider markup acme --service 17 --remove\n  panelserver provider markup acme")
        { ProviderName.Name, Category, Service, Percent, Fixed, RoundUp, Floor, Ceiling, Remove };
        command.Validators.Add(given =>
        {
            var hasValues = Values.Any(option => given.GetResult(option) is not null);
            var hasScope = given.GetResult(Category) is not null || given.GetResult(Service) is not null;
            if (given.GetResult(Category) is not null && given.GetResult(Service) is not null)
            {
                given.AddError("--category and --service do not go together.");
            }

            if (hasValues && given.GetResult(Remove) is not null)
            {
                given.AddError("--remove takes no values.");
            }
            else if (hasScope && !hasValues && given.GetResult(Remove) is null)
            {
                given.AddError("Say what: --percent, --fixed, --round-up, --floor, --ceiling or --remove.");
            }

            if (given.GetResult(Percent) is { Tokens: [var percent] } && !Percentage.TryParse(percent.Value, out _))
            {
                given.AddError(NotPercent(Percent.Name, percent.Value));
            }

            foreach (var option in Values.Skip(1))
            {
                if (given.GetResult(option) is { Tokens: [var price] } && !Rate.TryParse(price.Value, out _))
                {
                    given.AddError($"{option.Name} {price.Value} is not a price: 0 to {Rate.Max}, at most {Rate.Decimals} decimals.");
                }
            }
        });
        return verbs.Changing<SetMarkup, QueryReaders>(command, RunAsync);
    }

    /// <summary>What is said of a text that is no percentage.</summary>
    public static string NotPercent(string option, string text) =>
        $"{option} {text} is not a percentage: 0% to {Percentage.Format(Markup.MaxPercent)}, at most two decimals.";

    private static async Task<int> RunAsync(VerbContext context, SetMarkup markups, QueryReaders readers)
    {
        var name = context.Get(ProviderName.Name);
        var scope = new MarkupScope(context.Get(Category)?.Trim() ?? "", context.Get(Service)?.Trim() ?? "");
        if (context.Get(Remove))
        {
            return (await markups.RemoveAsync(context.Actor, name, scope)).Try(out _, out var missing)
                ? context.Write(new { Category = scope.Category, Service = scope.UpstreamService, Removed = true }, $"{SetMarkup.Words(scope)} of {name}: the mark-up is removed")
                : context.Refuse(missing);
        }

        int? percent = context.Get(Percent) is { } text && Percentage.TryParse(text, out var basisPoints) ? basisPoints : null;
        var draft = new MarkupDraft(percent, RateOf(context, Fixed), RateOf(context, RoundUp), RateOf(context, Floor), RateOf(context, Ceiling));
        if (draft == new MarkupDraft(null, null, null, null, null))
        {
            return await ListAsync(context, readers, name);
        }

        return (await markups.SetAsync(context.Actor, name, scope, draft)).Try(out var markup, out var refusal)
            ? context.Write(Json(scope, markup), $"{SetMarkup.Words(scope)} of {name}: {SetMarkup.Words(markup)}; `panelserver provider sync {name}` makes prices follow")
            : context.Refuse(refusal);
    }

    private static Task<int> ListAsync(VerbContext context, QueryReaders readers, string name) =>
        readers.ReadAsync(db => Task.FromResult(List(context, db, name)));

    private static int List(VerbContext context, PanelDb db, string name)
    {
        return ProviderQueries.Find(db, name) is { } provider
            ? context.WriteTable(
                [.. ProviderCatalogueState.RulesOf(db, provider.Id).OrderBy(rule => (rule.Key.Category.Length, rule.Key.UpstreamService.Length)).ThenBy(rule => rule.Key.Category, StringComparer.Ordinal)],
                $"{provider.Name} has no mark-up: prices are its costs; `panelserver provider markup {provider.Name} --percent 20%` sets one",
                rule => Json(rule.Key, rule.Value),
                ("OF", rule => SetMarkup.Words(rule.Key)),
                ("PERCENT", rule => Percentage.Format(rule.Value.PercentBasisPoints)),
                ("FIXED", rule => rule.Value.Fixed),
                ("ROUND UP", rule => rule.Value.RoundUp),
                ("FLOOR", rule => rule.Value.Floor),
                ("CEILING", rule => rule.Value.Ceiling))
            : context.Refuse(ProviderCatalogueState.Unknown(name));
    }

    private static object Json(MarkupScope scope, Markup markup) => new
    {
        scope.Category,
        Service = scope.UpstreamService,
        Percent = Percentage.Format(markup.PercentBasisPoints),
        Fixed = markup.Fixed.ToString(),
        RoundUp = markup.RoundUp?.ToString(),
        Floor = markup.Floor?.ToString(),
        Ceiling = markup.Ceiling?.ToString(),
    };

    private static Rate? RateOf(VerbContext context, Option<string?> option) =>
        context.Get(option) is { } text && Rate.TryParse(text, out var rate) ? rate : null;

    private static Option<string?> Price(string name, string description) => new(name) { HelpName = "R", Description = description };
}
