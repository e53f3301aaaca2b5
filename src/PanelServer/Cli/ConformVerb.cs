using System.CommandLine;
using System.Globalization;
using System.Text;
using PanelServer.Conformance;

namespace PanelServer.Cli;

/// <summary><c>conform</c>: judges any panel against the contract, over HTTP, and prints a score card.</summary>
internal static class ConformVerb
{
    private const string DefaultPath = "/api/v2";

    private static readonly Argument<string> Url = new("URL")
    {
        Description = $"The panel's endpoint; without a path, {DefaultPath} is meant",
    };

    private static readonly Argument<string> Key = new("KEY") { Description = "A reseller's key there; it is never printed" };

    private static readonly Option<int?> Service = new("--service")
    {
        HelpName = "ID",
        Description = "The service of type Default to ask about and to order (default: the cheapest, of those that can be canceled)",
    };

    private static readonly Option<bool> Orders = new("--orders")
    {
        Description = "Also place an order of the smallest quantity, look at it and ask to cancel it; this costs money there",
    };

    private static readonly Option<string?> Link = new("--link")
    {
        HelpName = "LINK",
        Description = "What orders are for (default: an address on example.com that leads nowhere)",
    };

    public static Command Command(Verbs verbs)
    {
        var command = new Command(
            "conform",
            """
            Judges any panel, this one or another's, against the contract, and prints a score card. Changes nothing unless told --orders.

            Examples:
              panelserver conform http://127.0.0.1:5080 sandbox-demo-key
              panelserver conform https://panel.example/api/v2 "$KEY" --orders --service 1 --link https://example.com/p/1

            Exit codes: 0 = 100 %, 1 = deviations or no panel there, 2 = wrong usage.
            """)
        {
            Url, Key, Service, Orders, Link,
        };
        command.Validators.Add(given =>
        {
            // What was given is not said: it may be the key, in the wrong place.
            if (AddressOf(given.GetValue(Url)) is null)
            {
                given.AddError($"URL must be an http or https address without a user name, such as http://127.0.0.1:5080{DefaultPath}.");
            }

            if (string.IsNullOrWhiteSpace(given.GetValue(Key)))
            {
                given.AddError("KEY must not be empty.");
            }
        });
        return verbs.Plain(command, RunAsync);
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancel)
    {
        var address = AddressOf(context.Get(Url))!;
        var now = TimeProvider.System.GetUtcNow();
        var judgement = await JudgeAsync(context, address, Guid.CreateVersion7(now).ToString("N"), cancel);
        var shown = Shown.Without(context.Get(Key), address.ToString());
        if (judgement.Card is not { } card)
        {
            return context.Refuse($"{shown} {judgement.WhyNot}");
        }

        context.Write(
            new
            {
                Url = shown,
                Orders = card.Placed,
                Score = card.Percent,
                card.Passed,
                card.Of,
                card.Wrong,
                card.MattersOfTaste,
                Checks = card.Marks.Select(mark => new
                {
                    mark.Action,
                    mark.Name,
                    Outcome = WordFor(mark.Outcome),
                    Extension = mark.IsExtension,
                    mark.Wanted,
                    mark.Verdict.Got,
                }),
            },
            TextOf(card, shown));
        return card.IsPerfect ? VerbContext.Done : VerbContext.Refused;
    }

    private static async Task<ConformanceResult> JudgeAsync(VerbContext context, Uri address, string tag, CancellationToken cancel)
    {
        using var bar = new ProgressBar();
        var bounds = address.IsLoopback ? Bounds.Usual with { Pause = TimeSpan.Zero } : Bounds.Usual;
        return await new ConformanceRunner(address, context.Get(Key), bounds)
            .RunAsync(new(context.Get(Orders), context.Get(Service), context.Get(Link)), tag, bar, cancel);
    }

    private static Uri? AddressOf(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https"
        && address.UserInfo.Length == 0
            ? address.AbsolutePath == "/" ? new UriBuilder(address) { Path = DefaultPath }.Uri : address
            : null;

    private static string TextOf(ConformanceReport card, string address)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{address}; {Ordered(card.Placed)}\n");
        foreach (var action in card.Marks.GroupBy(mark => mark.Action))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{action.Key}\n");
            foreach (var mark in action)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {Loudly(mark.Outcome),-4}  {mark.Name}{(mark.IsExtension ? " (extension)" : "")}\n");
                if (mark.Outcome is Outcome.Fail or Outcome.Note)
                {
                    text.Append(CultureInfo.InvariantCulture, $"        wanted  {mark.Wanted}\n        got     {mark.Verdict.Got}\n");
                }
                else if (mark.Verdict.Got.Length > 0)
                {
                    text.Append(CultureInfo.InvariantCulture, $"        {mark.Verdict.Got}\n");
                }
            }
        }

        text.Append('\n');
        foreach (var (outcome, meaning) in Meanings)
        {
            if (card.Marks.Count(mark => mark.Outcome == outcome) is var count and > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{count} {Loudly(outcome)}: {meaning}\n");
            }
        }

        return text.Append(CultureInfo.InvariantCulture, $"score {card.Percent} % ({card.Passed} of {card.Of})").ToString();
    }

    private static string Ordered(IReadOnlyList<int> placed) => placed.Count switch
    {
        0 => "nothing was ordered",
        1 => $"order {placed[0]} was placed",
        _ => $"orders {string.Join(" and ", placed)} were placed",
    };

    private static readonly (Outcome Outcome, string Meaning)[] Meanings =
    [
        (Outcome.Fail, "wrong: not as the contract says"),
        (Outcome.Open, "could not be judged because of a deviation elsewhere, and counts as not passed"),
        (Outcome.Note, "a matter of taste: known panels differ here, and every tolerant program copes; not counted as wrong"),
        (Outcome.Skip, "does not apply here, and does not count"),
    ];

    /// <summary>What is wrong must be seen among what is right.</summary>
    private static string Loudly(Outcome outcome) => outcome == Outcome.Fail ? "FAIL" : WordFor(outcome);

    private static string WordFor(Outcome outcome) => outcome switch
    {
        Outcome.Pass => "pass",
        Outcome.Note => "note",
        Outcome.Fail => "fail",
        Outcome.Open => "open",
        Outcome.Skip => "skip",
    };
}
