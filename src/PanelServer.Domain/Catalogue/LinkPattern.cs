using System.Text;

namespace PanelServer.Domain.Catalogue;

/// <summary>
/// Which links a block covers: one link, every link on a host and below it, or what a text with <c>*</c> for any
/// characters fits. Letters are compared without case, as the author of a link decides that (docs/operating.md,
/// "Blocking links").
/// </summary>
public sealed class LinkPattern
{
    private const char Any = '*';
    private const string AfterScheme = "://";

    private readonly string _written;
    private readonly string _identity;

    private LinkPattern(string text)
    {
        Text = text;
        var rest = RestOf(text);
        var hasScheme = rest.Length < text.Length;
        // A host with a port is everything on that port.
        text = !hasScheme && IsHostWithPort(text) ? text + "/" + Any : text;
        rest = hasScheme ? rest : text;
        HasAny = text.Contains(Any, StringComparison.Ordinal);
        IsWholeHost = !HasAny && !hasScheme && LinkIdentity.IsHost(text);
        IsOfHosts = HasAny && !hasScheme && !text.Contains('/', StringComparison.Ordinal);
        _written = text;
        _identity = IsWholeHost ? LinkIdentity.HostOf(text)! : IdentityOf(text, rest);
    }

    /// <summary>The pattern as it was written.</summary>
    public string Text { get; }

    /// <summary>Whether it covers a host with everything below it.</summary>
    public bool IsWholeHost { get; }

    /// <summary>Whether it has a part that stands for any characters.</summary>
    public bool HasAny { get; }

    private bool IsOfHosts { get; }

    /// <summary>What it covers, for people.</summary>
    public string Covers =>
        IsWholeHost ? $"every link on {_identity} and on hosts below it"
        : HasAny ? "every link that it fits"
        : "this link alone, however it is written";

    /// <summary>Reads a pattern; null with the reason when it is none.</summary>
    public static LinkPattern? Parse(string text, out Refusal? why)
    {
        text = text.Trim();
        why = !WireText.IsLine(text, Limits.LinkPatternLength)
                ? new("incorrect_link_pattern", Limits.LinkPatternLength, HiddenCharacters.Describe(text))
            : text.Count(letter => letter == Any) > Limits.LinkPatternStars ? new("incorrect_link_pattern.stars", text, Limits.LinkPatternStars)
            : RestOf(text).All(letter => letter is Any or '/' or ':' or '.' or '?' or '#') ? new("incorrect_link_pattern.every_link", text)
            : null;
        return why is null ? new(text) : null;
    }

    /// <summary>Whether a link is covered.</summary>
    public bool Fits(LinkForms link) =>
        IsWholeHost ? IsOn(link.Host, _identity) || Same(link.Written, _written) || Same(link.Identity, _written)
        : !HasAny ? Same(link.Identity, _identity) || Same(link.Written, _written)
        : Fits(_identity, link.Identity) || (link.WithSlash is { } slash && Fits(_identity, slash)) || Fits(_written, link.Written)
            || (IsOfHosts && link.Host is { } host && Fits(_identity, host));

    private static bool IsOn(string? host, string covered) => host is not null
        && (Same(host, covered) || (host.Length > covered.Length
            && host[host.Length - covered.Length - 1] == '.' && host.EndsWith(covered, StringComparison.OrdinalIgnoreCase)));

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    /// <summary>Goes back to the last star only: each character is looked at once for each star at the most.</summary>
    private static bool Fits(string pattern, string text)
    {
        var (at, from, star, tried) = (0, 0, -1, 0);
        while (at < text.Length)
        {
            if (from < pattern.Length && pattern[from] == Any)
            {
                (star, tried) = (from++, at);
            }
            else if (from < pattern.Length && char.ToUpperInvariant(pattern[from]) == char.ToUpperInvariant(text[at]))
            {
                (from, at) = (from + 1, at + 1);
            }
            else if (star >= 0)
            {
                (from, at) = (star + 1, ++tried);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(from).TrimStart(Any).IsEmpty;
    }

    /// <summary>The pattern as identities are written; a host with a star in it is no address, so it is brought there by hand.</summary>
    private static string IdentityOf(string text, string rest)
    {
        var end = rest.IndexOfAny(['/', '?', '#']);
        var host = end < 0 ? rest : rest[..end];
        if (!host.Contains(Any, StringComparison.Ordinal))
        {
            return LinkIdentity.Of(text);
        }

        var path = end < 0 ? "" : rest[end..];
        var bare = LinkIdentity.IsFronted(host, out var without) ? without : host.Length > 1 ? host.TrimStart('@') : host;
        return string.Join('.', bare.Split('.').Select(Label)) + path;
    }

    private static string Label(string label) =>
        label.Contains(Any, StringComparison.Ordinal) || Ascii.IsValid(label) ? label : LinkIdentity.AsciiHost(label) ?? label;

    private static bool IsHostWithPort(string text) =>
        text.LastIndexOf(':') is var colon and > 0
        && LinkIdentity.IsHost(text.AsSpan(0, colon)) && WireText.TryDigits(text.AsSpan(colon + 1), out _);

    private static string RestOf(string text) =>
        text.IndexOf(AfterScheme, StringComparison.Ordinal) is var scheme and >= 0 ? text[(scheme + AfterScheme.Length)..] : text;
}

/// <summary>A link in the forms that patterns are compared with.</summary>
public sealed record LinkForms
{
    public LinkForms(string written)
    {
        Written = written;
        Identity = LinkIdentity.Of(written);
        WithSlash = LinkIdentity.WithSlash(written);
        Host = LinkIdentity.HostOf(written);
    }

    /// <summary>As it was written.</summary>
    public string Written { get; }

    /// <summary>What tells it apart, <see cref="LinkIdentity"/>.</summary>
    public string Identity { get; }

    /// <summary>The identity with a slash at the end of the path; null when it is no address.</summary>
    public string? WithSlash { get; }

    /// <summary>Its host; null when it has none.</summary>
    public string? Host { get; }
}
