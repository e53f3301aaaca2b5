namespace PanelServer.Domain.Catalogue;

/// <summary>
/// What a service accepts as a link: <c>Any</c> (an http(s) address, a handle or an identifier), <c>Url</c> (an absolute
/// http(s) address) or <c>Host:example.com,example.org</c> (such an address on one of these hosts or below them).
/// </summary>
public sealed record LinkRule
{
    public static readonly LinkRule Any = new("Any", []);
    public static readonly LinkRule Url = new("Url", []);

    private const string HostPrefix = "Host:";

    // A link is never fetched and never rendered as markup by us; these would still be a trap for the provider or person that fulfils it.
    private static readonly string[] ActiveSchemes = ["javascript:", "data:", "vbscript:", "file:", "blob:", "view-source:"];

    private readonly string[] _hosts;

    private LinkRule(string text, string[] hosts)
    {
        Text = text;
        _hosts = hosts;
    }

    /// <summary>The rule as it is stored and typed.</summary>
    public string Text { get; }

    /// <summary>Reads a rule; null when it is none.</summary>
    public static LinkRule? Parse(string text)
    {
        text = text.Trim();
        if (text.Equals(Any.Text, StringComparison.OrdinalIgnoreCase))
        {
            return Any;
        }

        if (text.Equals(Url.Text, StringComparison.OrdinalIgnoreCase))
        {
            return Url;
        }

        if (!text.StartsWith(HostPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var hosts = text[HostPrefix.Length..]
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(host => host.ToLowerInvariant())
            .ToArray();
        return hosts.Length > 0 && hosts.All(host => IsPlain(host) && Uri.CheckHostName(host) == UriHostNameType.Dns)
            ? new LinkRule(HostPrefix + string.Join(',', hosts), hosts)
            : null;
    }

    /// <summary>Whether a trimmed text is a link under this rule.</summary>
    public bool Accepts(string link)
    {
        if (!WireText.IsLine(link, Limits.LinkLength))
        {
            return false;
        }

        if (this == Any)
        {
            return !ActiveSchemes.Any(scheme => link.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
                && (!IsMeantAsAddress(link) || AddressOf(link) is not null);
        }

        var address = AddressOf(link);
        return address is not null
            && (_hosts.Length == 0 || _hosts.Any(host => IsOn(address.IdnHost.ToLowerInvariant(), host)));
    }

    public override string ToString() => Text;

    public bool Equals(LinkRule? other) => other?.Text == Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    private static bool IsOn(string host, string allowed) =>
        host == allowed || host.EndsWith("." + allowed, StringComparison.Ordinal);

    private static bool IsMeantAsAddress(string link) =>
        link.Contains("://", StringComparison.Ordinal)
        || link.StartsWith("http:", StringComparison.OrdinalIgnoreCase)
        || link.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    private static Uri? AddressOf(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https"
        && link.Contains("://", StringComparison.Ordinal)
        && IsPlain(address.IdnHost)
        && IsHonest(AuthorityOf(link))
            ? address
            : null;

    /// <summary>No name before the host, and no sign that some software reads as a slash or a dot: both are traps.</summary>
    private static bool IsHonest(ReadOnlySpan<char> authority)
    {
        foreach (var letter in authority)
        {
            if (letter == '@' || (!char.IsAscii(letter) && !char.IsLetterOrDigit(letter)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What stands between the slashes and the path, as written.</summary>
    private static ReadOnlySpan<char> AuthorityOf(string link)
    {
        var rest = link.AsSpan(link.IndexOf("://", StringComparison.Ordinal) + 3);
        var end = rest.IndexOfAny('/', '?', '#');
        return end < 0 ? rest : rest[..end];
    }

    /// <summary>A host of letters, digits, dots and dashes, or an IP address: others look like hosts they are not.</summary>
    private static bool IsPlain(string host) =>
        host.Length > 0
        && host.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' or ':' or '[' or ']');
}
