using System.CommandLine;
using PanelServer.Data;
using PanelServer.Domain.Providers;
using PanelServer.Providers;
using PanelServer.Providers.Dispatch;
using PanelServer.Queries;

namespace PanelServer.Cli;

/// <summary><c>provider word</c>: what the words of a provider mean.</summary>
internal static class ProviderWordVerb
{
    private static readonly Argument<string[]> Words = new("WORD=MEANING")
    {
        Description = $"A word for a state, or words of a refusal, and what they mean: {WordMeanings.Names}",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> Remove = new("--remove") { HelpName = "WORD", Description = "Take back what was said of a word" };

    public static Command Command(Verbs verbs)
    {
        var command = new Command(
            "word",
            "Says what a word of a provider means, or lists what was said. States: Pending, Processing, \"In progress\", Completed, Partial, Canceled. Refusals, found anywhere in an answer: wait (the order is put off), funds, key, target (the order is rejected), service (rejected, and the route is locked), fault (nobody knows whether it was taken). A provider that is paused for words that nobody knew is sent to again.\n\nExamples:\n  panelserver provider word acme Done=Completed\n  panelserver provider word acme \"limit reached=wait\"\n  panelserver provider word acme --remove Done\n  panelserver provider word acme")
        { ProviderName.Name, Words, Remove };
        command.Validators.Add(given =>
        {
            foreach (var token in given.GetResult(Words)?.Tokens ?? [])
            {
                if (Parted(token.Value) is null)
                {
                    given.AddError($"{token.Value} is no WORD=MEANING, such as Done=Completed or \"limit reached=wait\"; meanings are {WordMeanings.Names}.");
                }
            }

            if (given.GetResult(Remove) is not null && given.GetResult(Words)?.Tokens.Count > 0)
            {
                given.AddError("--remove and WORD=MEANING do not go together.");
            }
        });
        return verbs.Changing<SetProviderWords, ProviderDispatcher, QueryReaders>(command, RunAsync);
    }

    private static async Task<int> RunAsync(VerbContext context, SetProviderWords setWords, ProviderDispatcher dispatcher, QueryReaders readers)
    {
        var name = context.Get(ProviderName.Name);
        if (context.Get(Remove) is { } removed)
        {
            return (await setWords.RemoveAsync(context.Actor, name, removed)).Try(out _, out var missing)
                ? context.Write(new { Provider = name, Word = removed, Removed = true }, $"{name}: nothing is said of \"{removed}\" any more")
                : context.Refuse(missing);
        }

        var words = (context.Get(Words) ?? []).Select(text => Parted(text)!.Value).ToList();
        if (words.Count == 0)
        {
            return await ListAsync(context, readers, name);
        }

        if (!(await setWords.SetAsync(context.Actor, name, words)).Try(out var isResumed, out var refusal))
        {
            return context.Refuse(refusal);
        }

        dispatcher.Wake();
        var said = string.Join(", ", words.Select(word => $"\"{word.Word}\" means {WordMeanings.NameOf(word.Meaning)}"));
        return context.Write(
            new { Provider = name, Words = words.Select(word => new { word.Word, Meaning = WordMeanings.NameOf(word.Meaning) }), Resumed = isResumed },
            $"{name}: {said}{(isResumed ? "; it is sent to again" : "")}");
    }

    private static async Task<int> ListAsync(VerbContext context, QueryReaders readers, string name)
    {
        if (await readers.ReadAsync(db => Task.FromResult(ProviderQueries.Find(db, name))) is not { } provider)
        {
            return context.Refuse(ManageProviders.Unknown(name));
        }

        var rows = await readers.ReadAsync(db => ProviderQueries.WordsAsync(db, provider.Id));
        return context.WriteTable(
            rows,
            $"nothing is said of words of {provider.Name}; `panelserver provider word {provider.Name} Done=Completed` says something",
            row => new { Word = row.Written, Meaning = WordMeanings.NameOf(row.Meaning), Since = VerbContext.Instant(row.CreatedAt) },
            ("WORD", row => row.Written),
            ("MEANS", row => WordMeanings.NameOf(row.Meaning)),
            ("SINCE", row => VerbContext.Time(row.CreatedAt)));
    }

    /// <summary>The word and its meaning; a word may have an equals sign of its own.</summary>
    private static (string Word, WordMeaning Meaning)? Parted(string text)
    {
        var at = text.LastIndexOf('=');
        return at > 0 && text[..at].Trim().Trim('"') is { Length: > 0 } word && WordMeanings.Of(text[(at + 1)..]) is { } meaning ? (word, meaning) : null;
    }
}
