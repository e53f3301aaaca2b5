using System.CommandLine;
using System.Globalization;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Providers;
using PanelServer.Providers;
using PanelServer.Providers.Dispatch;
using PanelServer.Queries;
using PanelServer.Texts;

namespace PanelServer.Cli;

/// <summary><c>provider</c>: upstream panels that deliver for this one.</summary>
internal static class ProviderVerbs
{
    private static readonly Argument<string> Name = new("NAME") { Description = "How you call it" };
    private static readonly Option<string?> Url = Text("--url", "URL", "Its endpoint, such as https://panel.example/api/v2");
    private static readonly Option<string?> Key = Text("--key", "KEY", "The key it has given you; stored encrypted and never shown");
    private static readonly Option<string?> KeyFile = Text("--key-file", "FILE", "A file that holds the key, in the place of --key");
    private static readonly Option<bool?> Internal = new("--internal")
    {
        HelpName = "true|false",
        Description = "It may have an address of a private network or of this machine",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Exchange = Text("--exchange", "RATE", "What one unit of its currency is in the panel's (default 1)");
    private static readonly Option<int?> Concurrency = Number("--concurrency", "Calls at the same time (default 8)");
    private static readonly Option<int?> PerSecond = Number("--per-second", "Calls a second (default 20)");
    private static readonly Option<string?> LowBalance = Text("--low-balance", "AMOUNT", "Alert when the balance there is below; 0 = never");
    private static readonly Option<bool> NoCheck = new("--no-check") { Description = "Do not ask it before adding it" };
    private static readonly Option<string> Note = new("--note") { HelpName = "TEXT", Description = "Why", DefaultValueFactory = _ => "" };

    public static Command Command(Verbs verbs)
    {
        var command = new Command("provider", "Upstream panels that deliver for this one");
        foreach (var verb in Own(verbs).Concat(ProviderCatalogueVerbs.Commands(verbs)).Append(ProviderMarkupVerb.Command(verbs)).Append(ProviderWordVerb.Command(verbs)))
        {
            command.Add(verb);
        }

        return command;
    }

    private static IEnumerable<Command> Own(Verbs verbs) =>
    [
        verbs.Changing<ManageProviders, PanelFolder>(
            new(
                "add",
                "Adds a provider, after asking it for your balance there.\n\nExample:\n  panelserver provider add acme --url https://panel.example/api/v2 --key-file acme.key --low-balance 50")
            { Name, Url, Key, KeyFile, Internal, Exchange, Concurrency, PerSecond, LowBalance, NoCheck },
            AddAsync,
            begins: true),
        verbs.Changing<ManageProviders>(
            new("edit", "Changes what is named.\n\nExample:\n  panelserver provider edit acme --concurrency 16 --per-second 50")
            { Name, Url, Key, KeyFile, Internal, Exchange, Concurrency, PerSecond, LowBalance },
            EditAsync),
        verbs.Reading(new("list", "Lists the providers with their balances and what waits for them"), ListAsync),
        verbs.Reading(new("show", "Shows a provider: state, balance, burn rate, orders, alerts.\n\nExample:\n  panelserver provider show acme") { Name }, ShowAsync),
        verbs.Changing<ManageProviders>(
            new("pause", "Sends nothing more to it; what it has is asked about all the same.\n\nExample:\n  panelserver provider pause acme --note maintenance") { Name, Note },
            async (context, providers) => Say(context, await providers.PauseAsync(context.Actor, context.Get(Name), context.Get(Note)))),
        verbs.Changing<ManageProviders>(
            new("resume", "Sends to it again, and tries it at once") { Name },
            async (context, providers) => Say(context, await providers.ResumeAsync(context.Actor, context.Get(Name)))),
        verbs.Changing<ProviderDirectory, ProviderDispatcher>(
            new("poll", "Sends what waits and asks about all open orders now, due or not.\n\nExample:\n  panelserver provider poll acme") { Name },
            PollAsync),
    ];

    /// <summary>A balance of a provider for people.</summary>
    public static string Balance(ProviderRow row) =>
        row.Balance is { } units ? $"{new Money(units)} {row.Currency}".TrimEnd() : "not known";

    /// <summary>A provider's state in one or two words.</summary>
    public static string State(ProviderRow row, SecretProtector ring) => ring.Unprotect(row.Secret) is null ? "key lost" : row.Paused switch
    {
        Pause.None => row.OpenUntil is null ? "in use" : "fails, left alone",
        Pause.Operator => "paused",
        Pause.Funds => "paused: no funds there",
        Pause.Key => "paused: key refused",
        Pause.Strange => "paused: strange answers, tried every 15 minutes",
    };

    private static async Task<int> AddAsync(VerbContext context, ManageProviders providers, PanelFolder folder)
    {
        if (folder.IsSandbox)
        {
            return context.Refuse("a sandbox has no real providers: its own is simulated");
        }

        return DraftOf(context).Try(out var draft, out var refusal)
            ? Say(context, await providers.AddAsync(context.Actor, context.Get(Name), draft, !context.Get(NoCheck), CancellationToken.None))
            : context.Refuse(refusal);
    }

    private static async Task<int> EditAsync(VerbContext context, ManageProviders providers) =>
        !DraftOf(context).Try(out var draft, out var refusal) ? context.Refuse(refusal)
            : draft == new ProviderDraft() ? context.WrongUse("Nothing is named that should change, such as --per-second 50. See `panelserver provider edit --help`.")
            : Say(context, await providers.EditAsync(context.Actor, context.Get(Name), draft));

    private static async Task<int> ListAsync(VerbContext context, PanelDb db)
    {
        var rows = await ProviderQueries.ListAsync(db);
        var ring = new SecretProtector(context.Folder);
        var said = context.WriteTable(
            rows,
            "no providers: orders are delivered by hand; `panelserver provider add` adds one",
            row => new
            {
                row.Row.Id,
                row.Row.Name,
                row.Row.Url,
                State = State(row.Row, ring),
                Balance = row.Row.Balance is { } units ? new Money(units).ToString() : null,
                row.Row.Currency,
                BalanceAt = row.Row.BalanceAt is { } at ? VerbContext.Instant(at) : null,
                row.Routes,
                row.ToSend,
                row.Open,
            },
            ("NAME", row => row.Row.Name),
            ("STATE", row => State(row.Row, ring)),
            ("BALANCE", row => Balance(row.Row)),
            ("ROUTES", row => row.Routes),
            ("TO SEND", row => row.ToSend),
            ("OPEN", row => row.Open),
            ("URL", row => row.Row.Url));
        foreach (var lost in rows.Where(row => !context.IsJson && ring.Unprotect(row.Row.Secret) is null))
        {
            await context.Output.WriteLineAsync(CommandLineTexts.Of(ProviderDirectory.KeyLost(lost.Row.Name)));
        }

        return said;
    }

    private static async Task<int> ShowAsync(VerbContext context, PanelDb db)
    {
        var name = context.Get(Name);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        if (await ProviderOverview.ReadAsync(db, name, now) is not { } overview)
        {
            return context.Refuse(ManageProviders.Unknown(name));
        }

        var page = new ProviderPage(overview, new(context.Folder));
        return context.Write(page.Json(), string.Join(Environment.NewLine, page.Lines()));
    }

    private static async Task<int> PollAsync(VerbContext context, ProviderDirectory providers, ProviderDispatcher dispatcher)
    {
        if (providers.Find(context.Get(Name)) is not { } provider)
        {
            return context.Refuse(ManageProviders.Unknown(context.Get(Name)));
        }

        if (!(await dispatcher.PassAsync(provider)).Try(out var statistics, out var refusal))
        {
            return context.Refuse(refusal);
        }

        var sent = Enum.GetValues<SubmissionOutcome>().Where(outcome => statistics.Of(outcome) > 0).ToDictionary(outcome => outcome.ToString(), statistics.Of);
        var said = sent.Count == 0 ? "nothing to send" : string.Join(", ", sent.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key} {one.Value}")));
        return context.Write(
            new { Provider = provider.Name, Sent = sent, statistics.AskedAbout, statistics.Calls, statistics.Unanswered },
            string.Create(CultureInfo.InvariantCulture, $"{provider.Name}: {said}; asked about {statistics.AskedAbout} by {statistics.Calls} calls, {statistics.Unanswered} without an answer"));
    }

    private static Result<ProviderDraft> DraftOf(VerbContext context)
    {
        var key = context.Get(Key);
        if (context.Get(KeyFile) is { } file)
        {
            var path = context.FullPath(file);
            if (key is not null)
            {
                return new Refusal("incorrect_provider.two_keys");
            }

            if (!File.Exists(path))
            {
                return new Refusal("incorrect_provider.no_file", path);
            }

            const int MostBytes = 4_096;
            key = new FileInfo(path).Length <= MostBytes ? File.ReadAllText(path).Trim() : "";
        }

        return new ProviderDraft
        {
            Url = context.Get(Url),
            Key = key,
            IsInternal = context.Get(Internal),
            Exchange = context.Get(Exchange),
            Concurrency = context.Get(Concurrency),
            PerSecond = context.Get(PerSecond),
            LowBalance = context.Get(LowBalance),
        };
    }

    private static int Say(VerbContext context, Result<ProviderView> done)
    {
        if (!done.Try(out var provider, out var refusal))
        {
            return context.Refuse(refusal);
        }

        var balance = provider.Balance is { } units ? $"{new Money(units)} {provider.Currency}".TrimEnd() : null;
        return context.Write(
            new
            {
                provider.Id,
                provider.Name,
                provider.Url,
                Paused = provider.Paused.ToString(),
                Balance = provider.Balance is { } known ? new Money(known).ToString() : null,
                provider.Currency,
                Exchange = provider.Exchange.ToString(),
                provider.Concurrency,
                provider.PerSecond,
                provider.HasExchange,
            },
            string.Create(
                CultureInfo.InvariantCulture,
                $"provider {provider.Name}: {provider.Url}, {(provider.Paused == Pause.None ? "in use" : "paused")}, balance {balance ?? "not known yet"}, {provider.Concurrency} calls at a time, {provider.PerSecond} a second{(provider.HasExchange ? "" : $"; it counts in {provider.Currency}, another currency than this panel: nothing is sent to it until panelserver provider edit {provider.Name} --exchange RATE says what one {provider.Currency} is here")}"));
    }

    private static Option<string?> Text(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description };

    private static Option<int?> Number(string name, string description) => new(name) { HelpName = "N", Description = description };
}
