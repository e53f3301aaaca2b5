namespace PanelServer.Providers.Client;

/// <summary>
/// Words that tell what a no is about: each of its parts must be found, in one of its wordings. <c>a|b&amp;c|d!e</c> is
/// "a or b, and c or d, and not e"; a blank at an edge of a wording is the edge of a word.
/// </summary>
internal sealed class Phrase
{
    private readonly string[][] _parts;
    private readonly string[] _never;

    /// <param name="written">As above, in any spelling; it is compared in the plain form.</param>
    public Phrase(string written)
    {
        var pieces = written.Split('!');
        _parts = [.. pieces[0].Split('&').Select(Wordings)];
        _never = [.. pieces.Skip(1).SelectMany(Wordings)];
    }

    /// <param name="padded">Plain words between two blanks.</param>
    public bool IsIn(string padded) =>
        Array.TrueForAll(_parts, part => Array.Exists(part, one => padded.Contains(one, StringComparison.Ordinal)))
        && !Array.Exists(_never, one => padded.Contains(one, StringComparison.Ordinal));

    private static string[] Wordings(string written) => [.. written.Split('|').Select(Plain)];

    private static string Plain(string one) =>
        $"{(one.StartsWith(' ') ? " " : "")}{PlainWords.Of(one)}{(one.EndsWith(' ') ? " " : "")}";
}
