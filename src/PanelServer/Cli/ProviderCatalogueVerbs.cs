using System.CommandLine;
using PanelServer.Data;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Providers;
using PanelServer.Providers;
using PanelServer.Providers.Catalogue;
using PanelServer.Providers.Client;
using PanelServer.Queries;

namespace PanelServer.Cli;

/// <summary><c>provider services</c>, <c>import</c> and <c>sync</c>: a provider's catalogue, and what becomes of it here.</summary>
internal static class ProviderCatalogueVerbs
{
    private static readonly Option<bool> All = new("--all") { Description = "Every service of its catalogue" };
    private static readonly Option<string?> Services = new("--services") { HelpName = "IDS", Description = "The provider's ids, separated by commas" };
    private static readonly Option<string[]> Categories = new("--category")
    {
        HelpName = "TEXT",
        Description = "The provider's services of this category; may be given several times",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> Category = new("--category") { HelpName = "TEXT", Description = "Only those of this category of the provider's" };
    private static readonly Option<string?> Search = new("--search") { HelpName = "TEXT", Description = "Those whose name contains this" };
    private static readonly Option<string?> Into = new("--into") { HelpName = "CATEGORY", Description = "The category they come into, instead of the provider's" };
    private static readonly Option<string?> Type = new("--type") { HelpName = "TYPE", Description = "The type of those that name none, such as Default" };
    private static readonly Option<bool> Disabled = new("--disabled") { Description = "Do not list and sell them yet" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Show what would be done; change nothing" };
    private static readonly Option<string?> Markup = new("--markup")
    {
        HelpName = "PERCENT",
        Description = "The mark-up of all its services from now on, such as 20%",
    };

    private static readonly Option<bool> AcceptJumps = new("--accept-jumps") { Description = "Take over costs also where they have jumped" };
    private static readonly Option<bool> AcceptRemovals = new("--accept-removals")
    {
        Description = "Believe the catalogue also when most of our services are missing in it",
    };

    private static readonly Option<string> MaxJump = new("--max-jump")
    {
        HelpName = "PERCENT",
        Description = "A change of cost by more than this is a jump",
        DefaultValueFactory = _ => Percentage.Format(ComparisonOptions.DefaultJump),
    };

    /// <summary>The commands that hang under <c>provider</c>.</summary>
    public static IEnumerable<Command> Commands(Verbs verbs) =>
    [
        verbs.Changing<ProviderDirectory, QueryReaders>(ServicesShape(), (context, providers, readers) => AskedAsync(
            context,
            providers,
            readers,
            (provider, theirs) => ShowAsync(context, readers, provider, theirs))),
        verbs.Changing<ProviderDirectory, QueryReaders, ImportUpstream>(ImportShape(), (context, providers, readers, import) => AskedAsync(
            context,
            providers,
            readers,
            (provider, theirs) => ImportAsync(context, import, provider, theirs))),
        verbs.Changing<ProviderDirectory, QueryReaders, SyncServices>(SyncShape(), (context, providers, readers, sync) => AskedAsync(
            context,
            providers,
            readers,
            (provider, theirs) => SyncAsync(context, sync, provider, theirs))),
    ];

    public static Command ServicesShape() => new(
        "services",
        "Shows a provider's catalogue: what each service would cost here, and which are imported.\n\nExample:\n  panelserver provider services acme --category Instagram --limit 20")
    { ProviderName.Name, Category, Search, VerbOptions.Limit };

    public static Command ImportShape()
    {
        var command = new Command(
            "import",
            "Makes services of a provider's, priced by its mark-up, each with a route to it. Those already imported are skipped.\n\nExamples:\n  panelserver provider import acme --all --disabled --dry-run\n  panelserver provider import acme --category \"Instagram Followers\" --into Followers\n  panelserver provider import acme --services 1,2,17\n  panelserver provider import acme --all --type Default")
        { ProviderName.Name, All, Services, Categories, Search, Into, Type, Disabled, DryRun };
        command.Validators.Add(given =>
        {
            var chosen = new Option[] { All, Services, Categories, Search }.Where(option => given.GetResult(option) is not null).ToList();
            if (given.GetResult(Services) is not null && string.IsNullOrWhiteSpace(given.GetValue(Services)))
            {
                given.AddError("--services names none.");
            }

            if (given.GetResult(Type) is { Tokens: [var type] } && ServiceType.Find(type.Value) is null)
            {
                given.AddError($"--type {type.Value} is not one of: {string.Join(", ", ServiceType.All.Select(one => one.Name))}.");
            }

            if (chosen.Count == 0)
            {
                given.AddError("Say which: --all, --services IDS, --category TEXT or --search TEXT.");
            }
            else if (chosen.Count > 1 && (chosen.Contains(All) || chosen.Contains(Services)))
            {
                given.AddError($"{chosen[0].Name} and {chosen[1].Name} do not go together.");
            }
        });
        return command;
    }

    public static Command SyncShape()
    {
        var command = new Command(
            "sync",
            "Takes over costs, and prices, names, categories and bounds that nobody has edited here.\n\nExamples:\n  panelserver provider sync acme --dry-run\n  panelserver provider sync acme --markup 20%\n  panelserver provider sync acme --accept-jumps")
        { ProviderName.Name, Markup, DryRun, AcceptJumps, AcceptRemovals, MaxJump };
        foreach (var option in new Option[] { Markup, MaxJump })
        {
            command.Validators.Add(given =>
            {
                if (given.GetResult(option) is { Tokens: [var token] } && !Percentage.TryParse(token.Value, out _))
                {
                    given.AddError(ProviderMarkupVerb.NotPercent(option.Name, token.Value));
                }
            });
        }

        return command;
    }

    /// <summary>Shows a catalogue that was just read.</summary>
    public static async Task<int> ShowAsync(VerbContext context, QueryReaders readers, int provider, UpstreamCatalogue theirs)
    {
        if (!(await readers.ReadAsync(db => Task.FromResult(ProviderCatalogueState.Read(db, provider)))).Try(out var books, out var refusal))
        {
            return context.Refuse(refusal);
        }

        var selection = new ImportSelection { Categories = context.Get(Category) is { } category ? [category.Trim()] : [], Search = context.Get(Search) };
        var terms = new ComparisonOptions { Exchange = books.Exchange, Markups = books.Markups, TakesOver = false };
        var ours = books.Routed.ToLookup(one => one.Route.UpstreamService, one => one.Service.Id, StringComparer.Ordinal);
        var found = theirs.Services.Where(selection.Takes).ToList();
        var isPriced = books.CurrencyUnknown is null;
        string Price(UpstreamService one) => !isPriced || (one.Type is null && one.TypeText.Length > 0) ? "" : terms.PriceOf(one, new(Multiplier.One)).Try(out var price, out _) ? price.ToString() : "out of range";
        var exit = context.WriteTable(
            [.. found.Take(context.Get(VerbOptions.Limit))],
            $"no service of {books.Provider.Name} is chosen",
            one => new
            {
                one.Id,
                one.Name,
                Type = one.TypeText,
                one.Category,
                Cost = one.Rate.ToString(),
                Price = Price(one),
                one.Min,
                one.Max,
                one.Dripfeed,
                one.Refill,
                one.Cancel,
                Services = ours[one.Id],
            },
            ("ID", one => one.Id),
            ("NAME", one => one.Name),
            ("TYPE", one => one.TypeText),
            ("CATEGORY", one => one.Category),
            (books.Provider.Currency is { } currency ? $"COST {currency}" : "COST", one => one.Rate),
            ($"PRICE {books.Currency}", Price),
            ("MIN", one => one.Min),
            ("MAX", one => one.Max),
            ("SERVICE", one => string.Join(' ', ours[one.Id])));
        if (!context.IsJson)
        {
            var shown = Math.Min(found.Count, context.Get(VerbOptions.Limit));
            if (shown < found.Count)
            {
                await context.Output.WriteLineAsync(FormattableString.Invariant($"{shown} of {found.Count}; --limit shows more"));
            }

            CatalogueAnswer.SayUnusable(context, theirs.Unusable, theirs.Mended);
        }

        return books.CurrencyUnknown is { } unknown ? context.Refuse(unknown) : exit;
    }

    /// <summary>Imports from a catalogue that was just read.</summary>
    public static async Task<int> ImportAsync(VerbContext context, ImportUpstream import, int provider, UpstreamCatalogue theirs)
    {
        var selection = new ImportSelection
        {
            Services = context.Get(Services)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
            Categories = [.. (context.Get(Categories) ?? []).Select(category => category.Trim())],
            Search = context.Get(Search),
            Into = context.Get(Into)?.Trim(),
            Type = context.Get(Type) is { } type ? ServiceType.Find(type) : null,
            Disabled = context.Get(Disabled),
        };
        var isDryRun = context.Get(DryRun);
        return (await import.RunAsync(context.Actor, provider, theirs, selection, isDryRun, context.Progress)).Try(out var report, out var refusal)
            ? CatalogueAnswer.Say(context, report, isDryRun)
            : context.Refuse(refusal);
    }

    /// <summary>Takes over a catalogue that was just read.</summary>
    public static async Task<int> SyncAsync(VerbContext context, SyncServices sync, int provider, UpstreamCatalogue theirs)
    {
        var options = new SyncOptions
        {
            DryRun = context.Get(DryRun),
            AcceptJumps = context.Get(AcceptJumps),
            AcceptRemovals = context.Get(AcceptRemovals),
            JumpPercent = Percentage.TryParse(context.Get(MaxJump), out var jump) ? jump : ComparisonOptions.DefaultJump,
            MarkupPercent = context.Get(Markup) is { } text && Percentage.TryParse(text, out var percent) ? percent : null,
        };
        return (await sync.RunAsync(context.Actor, provider, theirs, options, context.Progress)).Try(out var report, out var refusal)
            ? CatalogueAnswer.Say(context, report, options.DryRun)
            : context.Refuse(refusal);
    }

    // The provider is asked before any unit: the network never waits inside one.
    private static async Task<int> AskedAsync(
        VerbContext context,
        ProviderDirectory providers,
        QueryReaders readers,
        Func<int, UpstreamCatalogue, Task<int>> work)
    {
        if (await readers.ReadAsync(db => Task.FromResult(ProviderQueries.Find(db, context.Get(ProviderName.Name)))) is not { } provider)
        {
            return context.Refuse(ProviderCatalogueState.Unknown(context.Get(ProviderName.Name)));
        }

        return (await providers.ServicesAsync(provider.Id, CancellationToken.None)).Try(out var theirs, out var refusal)
            ? await work(provider.Id, theirs)
            : context.Refuse(refusal);
    }
}
