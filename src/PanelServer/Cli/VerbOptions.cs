using System.CommandLine;
using System.Globalization;
using PanelServer.Queries;

namespace PanelServer.Cli;

/// <summary>The options that every verb has: which panel is meant, and for whom the answer is.</summary>
internal static class VerbOptions
{
    public const string DefaultFolder = "./data";

    public static readonly Option<string?> Data = new("--data")
    {
        Description = $"The data folder (default {DefaultFolder})",
        HelpName = "DIR",
        Recursive = true,
    };

    public static readonly Option<bool> Sandbox = new("--sandbox")
    {
        Description = "The sandbox of the folder (sandbox.db) instead of the panel itself",
        Recursive = true,
    };

    public static readonly Option<string?> Database = new("--database")
    {
        Description = "A PostgreSQL connection (not available yet)",
        HelpName = "CONNECTION",
        Recursive = true,
    };

    /// <summary>The next page of a list, which goes from the newest down.</summary>
    public static readonly Option<int> Before = new("--before")
    {
        HelpName = "ID",
        Description = "Only below this id, for the next page",
        DefaultValueFactory = _ => int.MaxValue,
    };

    /// <summary>Rows that a list shows at the most, whatever is asked for.</summary>
    public const int MaxRows = 1_000;

    /// <summary>How many rows a list shows; given to the verbs that list.</summary>
    public static readonly Option<int> Limit = new("--limit")
    {
        HelpName = "N",
        Description = $"The most rows, 1 to {MaxRows}",
        DefaultValueFactory = _ => 50,
        Validators =
        {
            given =>
            {
                if (given.Tokens.Count == 1 && int.TryParse(given.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var rows) && rows is < 1 or > MaxRows)
                {
                    given.AddError($"--limit is 1 to {MaxRows}, not {rows}.");
                }
            },
        },
    };

    /// <summary>The page of a list that the options ask for.</summary>
    public static Page PageOf(VerbContext context) => new(context.Get(Before), context.Get(Limit));

    /// <summary>The first instant of a list; see <see cref="InstantOption"/>.</summary>
    public static readonly Option<long?> From = InstantOption.Of("--from", "Only from then on");

    /// <summary>The end of a list; see <see cref="InstantOption"/>.</summary>
    public static readonly Option<long?> To = InstantOption.Of("--to", "Only before then");

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Answer in JSON, for programs",
        Recursive = true,
    };
}
