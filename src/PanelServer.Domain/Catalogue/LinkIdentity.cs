using System.Buffers;
using System.Text;

namespace PanelServer.Domain.Catalogue;

/// <summary>
/// What of a link tells its target apart (docs/contract.md, "Service types"): two links with the same identity are the
/// same one. The order keeps the link as it was written.
/// </summary>
public static class LinkIdentity
{
    private const string AfterScheme = "://";
    private const string Web = "http" + AfterScheme;

    // Fullwidth letters and digits are read as plain ones: their code less this.
    private const int FullwidthOffset = 0xFF01 - '!';

    // What browsers and apps hang on to a link when it is shared; no platform tells a target apart by them.
    private static readonly HashSet<string> Tracking = new(StringComparer.OrdinalIgnoreCase)
    {
        "igsh", "igshid", "fbclid", "gclid", "si", "feature", "ref", "share", "is_from_webapp", "sender_device",
    };

    private static readonly string[] Fronts = ["www.", "m."];

    private static readonly SearchValues<char> Ends = SearchValues.Create("/\\?#");

    /// <summary>The identity of a trimmed link: host, path and query without what does not count, or a handle without its @.</summary>
    public static string Of(string link)
    {
        if (AddressOf(link) is not { } address)
        {
            return link.StartsWith('@') && link.Length > 1 ? link[1..] : link;
        }

        return TextOf(address, "");
    }

    /// <summary>What <see cref="Of"/> says, with a slash at the end of the path; null for a handle.</summary>
    public static string? WithSlash(string link) => AddressOf(link) is { } address ? TextOf(address, "/") : null;

    /// <summary>
    /// The host of a link, or of a host's name alone, without <c>www.</c> and <c>m.</c>, whatever stands around it (a name
    /// before an @, a port, a fragment); null when it has none.
    /// </summary>
    public static string? HostOf(string link)
    {
        if (AddressOf(link) is { } address)
        {
            return Bare(address.IdnHost);
        }

        var host = HostIn(link.AsSpan().TrimStart('/'), out _);
        return IsHost(host) ? AsciiHost(host.ToString()) is { } ascii ? Bare(ascii) : null : null;
    }

    /// <summary>A host's name as it goes over the wire: in lower case, other scripts as punycode; null when it is none.</summary>
    public static string? AsciiHost(string host) =>
        Uri.TryCreate(Web + Folded(host) + "/", UriKind.Absolute, out var address) ? address.IdnHost.ToLowerInvariant() : null;

    /// <summary>Whether a host begins with <c>www.</c> or <c>m.</c>, and what it is without.</summary>
    public static bool IsFronted(string host, out string bare)
    {
        bare = host;
        foreach (var front in Fronts)
        {
            // m.me is a host of its own: what is left must still be one.
            if (bare.StartsWith(front, StringComparison.OrdinalIgnoreCase) && bare.IndexOf('.', front.Length) > 0)
            {
                bare = bare[front.Length..];
            }
        }

        return bare.Length < host.Length;
    }

    /// <summary>Whether a text is the name of a host: letters, digits and dashes with dots between, none at the beginning.</summary>
    public static bool IsHost(ReadOnlySpan<char> text)
    {
        var last = text.LastIndexOf('.');
        if (last <= 0 || text[0] == '.' || text.Contains("..", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var letter in text)
        {
            if (!char.IsLetterOrDigit(letter) && letter is not ('.' or '-' or '_'))
            {
                return false;
            }
        }

        return true;
    }

    // A link without a scheme is an address, too, when something like a host comes before its first slash, question mark
    // or port, or when it begins with www.: handles have none of these.
    private static Uri? AddressOf(string link)
    {
        var scheme = link.IndexOf(AfterScheme, StringComparison.Ordinal);
        var rest = scheme < 0 ? link.AsSpan().TrimStart('/') : link.AsSpan(scheme + AfterScheme.Length);
        if (scheme < 0)
        {
            var host = HostIn(rest, out var after);
            var isAddress = after is '/' or '\\' or '?' or ':' || rest.Length < link.Length
                || rest.StartsWith(Fronts[0], StringComparison.OrdinalIgnoreCase);
            if (!isAddress || !IsHost(host))
            {
                return null;
            }
        }

        var end = rest.IndexOfAny(Ends);
        var authority = end < 0 ? rest : rest[..end];
        var text = string.Concat(scheme < 0 ? Web : link.AsSpan(0, scheme + AfterScheme.Length), Folded(authority.ToString()), rest[authority.Length..]);
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;
    }

    /// <summary>What stands where a host does, without a name before an @ and without a port.</summary>
    /// <param name="text">A link behind its scheme and slashes.</param>
    /// <param name="after">What comes behind the host; a space when nothing does.</param>
    private static ReadOnlySpan<char> HostIn(ReadOnlySpan<char> text, out char after)
    {
        var end = text.IndexOfAny(Ends);
        after = end < 0 ? ' ' : text[end];
        var host = end < 0 ? text : text[..end];
        host = host.LastIndexOf('@') is var at and > 0 ? host[(at + 1)..] : host;
        if (host.LastIndexOf(':') is var colon and >= 0 && WireText.TryDigits(host[(colon + 1)..], out _))
        {
            after = ':';
            host = host[..colon];
        }

        return host;
    }

    /// <summary>Letters of any script in lower case, fullwidth ones as plain ones: hosts are compared so.</summary>
    private static string Folded(string host) => Ascii.IsValid(host)
        ? host
        : string.Concat(host.ToLowerInvariant().Select(letter => letter is >= '\uFF01' and <= '\uFF5E' ? (char)(letter - FullwidthOffset) : letter));

    private static string TextOf(Uri address, string slash)
    {
        // Without a scheme either of the two usual ports is meant by none.
        var port = address.Port is 80 or 443 ? "" : FormattableString.Invariant($":{address.Port}");
        return Bare(address.IdnHost) + port + address.AbsolutePath.TrimEnd('/') + slash + QueryOf(address.Query);
    }

    private static string Bare(string host)
    {
        IsFronted(host.ToLowerInvariant().TrimEnd('.'), out var bare);
        return bare;
    }

    private static string QueryOf(string query)
    {
        if (query.Length < 2)
        {
            return "";
        }

        var kept = query[1..].Split('&').Where(part => part.Length > 0 && !IsTracking(part.Split('=')[0]));
        var text = string.Join('&', kept);
        return text.Length == 0 ? "" : "?" + text;
    }

    private static bool IsTracking(string name) =>
        Tracking.Contains(name) || name.StartsWith("utm_", StringComparison.OrdinalIgnoreCase);
}
