using System.Globalization;
using PanelServer.Domain;

namespace PanelServer.Texts;

/// <summary>Puts a phrase into words by one of the tables.</summary>
internal static class Wording
{
    private const string Between = "; ";

    /// <param name="phrase">The phrase.</param>
    /// <param name="textOf">The text of a code.</param>
    public static string Of(Phrase phrase, Func<string, string> textOf)
    {
        var text = textOf(phrase.Code);
        return phrase.Args.Length == 0
            ? text
            : string.Format(CultureInfo.InvariantCulture, text, [.. phrase.Args.Select(arg => Shown(arg, textOf))]);
    }

    private static object? Shown(object? arg, Func<string, string> textOf) => arg switch
    {
        Phrase part => Of(part, textOf),
        IEnumerable<Phrase> parts => string.Join(Between, parts.Select(part => Of(part, textOf))),
        _ => arg,
    };
}
