using System.CommandLine;
using System.Text.RegularExpressions;

namespace PanelServer.Cli;

/// <summary>Wrong usage in one line: what is wrong, what was probably meant, and where help is.</summary>
internal static partial class UsageError
{
    /// <summary>The line for what the parser found.</summary>
    public static string Of(ParseResult parsed) => $"{Wrong(parsed)} See `{LineOf(parsed)} --help`.";

    private static string Wrong(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var line = LineOf(parsed);
        var unknown = parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null;
        if (unknown is not null && unknown.StartsWith("--", StringComparison.Ordinal))
        {
            var name = unknown.Split('=')[0];
            return $"There is no option {name} of `{line}`{Meant(name, OptionsOf(parsed))}";
        }

        if (command.Subcommands.Count > 0)
        {
            return unknown is null
                ? $"`{line}` needs a verb: {string.Join(", ", command.Subcommands.Select(verb => verb.Name))}."
                : $"There is no verb `{line} {unknown}`{Meant(unknown, command.Subcommands.Select(verb => verb.Name))}";
        }

        return unknown is not null && parsed.Errors.All(error => error.Message.Contains($"'{unknown}'", StringComparison.Ordinal))
            ? $"`{line}` does not take '{unknown}': that is one argument too many; a text with blanks stands in quotes."
            : string.Join(' ', parsed.Errors.Select(error => OneLine(error.Message)).Distinct());
    }

    private static IEnumerable<string> OptionsOf(ParseResult parsed)
    {
        for (var at = parsed.CommandResult; at is not null; at = at.Parent as System.CommandLine.Parsing.CommandResult)
        {
            foreach (var option in at.Command.Options.Where(option => !option.Hidden && (option.Recursive || at == parsed.CommandResult)))
            {
                yield return option.Name;
            }
        }
    }

    private static string Meant(string typed, IEnumerable<string> known) =>
        Nearest(typed, known) is { } near ? $"; did you mean `{near}`?" : ".";

    /// <summary>The word that was probably meant; null when none is near.</summary>
    private static string? Nearest(string typed, IEnumerable<string> known)
    {
        var best = known
            .Select(word => (Word: word, Distance: DistanceOf(typed.ToLowerInvariant(), word)))
            .OrderBy(one => one.Distance)
            .FirstOrDefault();
        return best.Word is not null && best.Distance <= Math.Max(1, Math.Min(typed.Length, best.Word.Length) / 3)
            ? best.Word
            : known.FirstOrDefault(word => typed.Trim('-').Length > 2 && word.StartsWith(typed, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Letters to put in, leave out, exchange or swap with their neighbour until one word is the other.</summary>
    private static int DistanceOf(string one, string other)
    {
        var (before, above, row) = (new int[other.Length + 1], Enumerable.Range(0, other.Length + 1).ToArray(), new int[other.Length + 1]);
        for (var at = 1; at <= one.Length; at++)
        {
            row[0] = at;
            for (var by = 1; by <= other.Length; by++)
            {
                row[by] = Math.Min(
                    Math.Min(above[by], row[by - 1]) + 1,
                    above[by - 1] + (one[at - 1] == other[by - 1] ? 0 : 1));
                if (at > 1 && by > 1 && one[at - 1] == other[by - 2] && one[at - 2] == other[by - 1])
                {
                    row[by] = Math.Min(row[by], before[by - 2] + 1);
                }
            }

            (before, above, row) = (above, row, before);
        }

        return above[other.Length];
    }

    /// <summary>An error of the parser as an operator reads it: one line, and no type of the machine's.</summary>
    private static string OneLine(string message)
    {
        var plain = TypeName().Replace(message, match => match.Groups["type"].Value.Contains("Boolean", StringComparison.Ordinal)
            ? "as true or false"
            : "as a whole number");
        return string.Join(' ', plain.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private static string LineOf(ParseResult parsed)
    {
        var names = new List<string>();
        for (var at = parsed.CommandResult; at?.Command is not (null or RootCommand); at = at.Parent as System.CommandLine.Parsing.CommandResult)
        {
            names.Insert(0, at.Command.Name);
        }

        return string.Join(' ', names.Prepend("panelserver"));
    }

    [GeneratedRegex("as expected type '(?<type>[^']*)'")]
    private static partial Regex TypeName();
}
