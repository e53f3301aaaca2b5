namespace PanelServer.Domain.Catalogue;

/// <summary>
/// What of a link tells its target apart (docs/contract.md, "Service types"): two links with the same identity are the
/// same one. The order keeps the link as it was written.
/// </summary>
public static class LinkIdentity
{
    private const string AfterScheme = "://";

    // What browsers and apps hang on to a link when it is shared; no platform tells a target apart by them.
    private static readonly HashSet<string> Tracking = new(StringComparer.OrdinalIgnoreCase)
    {
        "igsh", "igshid", "fbclid", "gclid", "si", "feature", "ref", "share", "is_from_webapp", "sender_device",
    };

    private static readonly string[] Fronts = ["www.", "m."];

    /// <summary>The identity of a trimmed link: host, path and query without what does not count, or a handle without its @.</summary>
    public static string Of(string link)
    {
        if (AddressOf(link) is not { } address)
        {
            return link.StartsWith('@') && link.Length > 1 ? link[1..] : link;
        }

        var port = address.IsDefaultPort ? "" : FormattableString.Invariant($":{address.Port}");
        return Bare(address.IdnHost) + port + address.AbsolutePath.TrimEnd('/') + QueryOf(address.Query);
    }

    /// <summary>The host of a link, or of a host's name alone, without <c>www.</c> and <c>m.</c>; null when it has none.</summary>
    public static string? HostOf(string link) =>
        (AddressOf(link) ?? (IsHost(link) ? AddressOf(link + "/") : null)) is { } address ? Bare(address.IdnHost) : null;

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

    // A link without a scheme is an address, too, when something like a host comes before its first slash: handles have none.
    private static Uri? AddressOf(string link)
    {
        if (!link.Contains(AfterScheme, StringComparison.Ordinal))
        {
            var rest = link.AsSpan().TrimStart('/');
            var slash = rest.IndexOfAny('/', '?');
            var authority = slash > 0 ? rest[..slash] : default;
            var colon = authority.IndexOf(':');
            if (!IsHost(colon < 0 ? authority : authority[..colon]))
            {
                return null;
            }

            link = "http" + AfterScheme + rest.ToString();
        }

        return Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;
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
