namespace PanelServer.ResellerApi;

/// <summary>
/// Knows a GET that no program has decided to send: a browser that fetches ahead, or a chat or a search engine that looks
/// at a link somebody has posted. Such a call must change nothing (docs/contract.md, "Request").
/// </summary>
internal static class LinkPreview
{
    /// <summary>Headers by which browsers, old and new, say that nobody has asked for the page yet.</summary>
    private static readonly string[] PurposeHeaders = ["Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"];

    private static readonly string[] Purposes = ["prefetch", "prerender", "preview"];

    /// <summary>
    /// Parts of the names that services give their fetchers. Not simply <c>bot</c>: resellers' own programs are called so.
    /// </summary>
    private static readonly string[] Agents =
    [
        // Chats and social networks
        "TelegramBot", "WhatsApp", "facebookexternalhit", "facebookcatalog", "meta-externalagent", "Slackbot", "Slack-ImgProxy",
        "Discordbot", "Twitterbot", "LinkedInBot", "SkypeUriPreview", "Viber", "vkShare", "redditbot", "Pinterestbot", "Pinterest/",
        "kakaotalk-scrap", "line-poker", "Mastodon/", "Synapse", "Mattermost", "Rocket.Chat", "Zoombot", "Bluesky", "Cardyb",

        // Whatever says that it makes previews
        "preview", "unfurl", "Iframely", "Embedly",

        // Search engines, which follow a link from a public chat
        "Googlebot", "Google-InspectionTool", "GoogleOther", "bingbot", "YandexBot", "Applebot", "DuckDuckBot", "Baiduspider",
    ];

    /// <summary>Whether a request says that it is one.</summary>
    public static bool Is(IHeaderDictionary headers) =>
        PurposeHeaders.Any(name => HasAny(headers[name].ToString(), Purposes))
        || HasAny(headers.UserAgent.ToString(), Agents);

    private static bool HasAny(string text, string[] words) =>
        text.Length > 0 && words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
