using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using PanelServer.Data;
using PanelServer.Domain;

namespace PanelServer.Cli;

/// <summary>Ids as operators name them: several, and ranges such as <c>17-25</c>, each once and in the order named.</summary>
internal static class IdArgument
{
    public const string HowMany = "several, and ranges such as 17-25";

    /// <summary>An argument that takes ids.</summary>
    /// <param name="name">How help calls one.</param>
    /// <param name="description">What they are.</param>
    /// <param name="isNeeded">Whether one must be given.</param>
    public static Argument<int[]> Of(string name, string description, bool isNeeded = true) => new(name)
    {
        Description = $"{description}: {HowMany}",
        Arity = isNeeded ? ArgumentArity.OneOrMore : ArgumentArity.ZeroOrMore,
        CustomParser = Parse,
        DefaultValueFactory = isNeeded ? null : _ => [],
    };

    private static int[] Parse(ArgumentResult given)
    {
        // A set that keeps the order: an id that is named twice is meant once.
        var ids = new OrderedDictionary<int, bool>();
        foreach (var token in given.Tokens)
        {
            if (RangeOf(token.Value) is not var (first, last))
            {
                given.AddError($"{token.Value} is neither an id nor a range such as 17-25.");
                return [];
            }

            for (long id = first; id <= last; id++)
            {
                if (ids.Count == Bulk.MaxIds && !ids.ContainsKey((int)id))
                {
                    given.AddError(string.Create(CultureInfo.InvariantCulture, $"More than {Bulk.MaxIds} ids at once: name fewer."));
                    return [];
                }

                ids.TryAdd((int)id, true);
            }
        }

        return [.. ids.Keys];
    }

    /// <summary>The first and the last id that a text names; null when it names none.</summary>
    private static (int First, int Last)? RangeOf(string text)
    {
        var parts = text.Split('-');
        return parts.Length <= 2 && WireText.TryId(parts[0], out var first) && WireText.TryId(parts[^1], out var last) && first <= last
            ? (first, last)
            : null;
    }
}
