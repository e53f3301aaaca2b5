using System.Collections.Frozen;
using static PanelServer.Domain.Catalogue.OrderField;

namespace PanelServer.Domain.Catalogue;

/// <summary>Where an order's quantity comes from.</summary>
public enum QuantitySource
{
    /// <summary>The field <c>quantity</c>.</summary>
    Quantity,

    /// <summary>The number of lines in <c>comments</c>.</summary>
    Comments,

    /// <summary>The number of lines in <c>usernames</c>.</summary>
    Usernames,

    /// <summary>Always one; the service's minimum and maximum do not apply.</summary>
    One,

    /// <summary>None of its own: each post becomes an order with a quantity.</summary>
    Posts,
}

/// <summary>
/// A kind of service: which fields an order of it has and where its quantity comes from. The table of all kinds is the
/// whole truth about them: parsing, pricing, both dialects and the documentation read it (docs/contract.md, "Service types").
/// </summary>
public sealed record ServiceType
{
    private static readonly OrderField[] Drip = [Runs, Interval];

    public static readonly ServiceType Default =
        new(1, "Default", "default", QuantitySource.Quantity, [Link, Quantity], Drip) { WellKnown = 0 };

    public static readonly ServiceType Seo =
        new(2, "SEO", "seo", QuantitySource.Quantity, [Link, Quantity, Keywords]) { WellKnown = 1 };

    public static readonly ServiceType CustomComments =
        new(3, "Custom Comments", "custom_comments", QuantitySource.Comments, [Link, Comments]) { WellKnown = 2 };

    public static readonly ServiceType Mentions =
        new(4, "Mentions", "mentions", QuantitySource.Quantity, [Link, Quantity, Usernames]) { WellKnown = 9 };

    public static readonly ServiceType MentionsWithHashtags =
        new(5, "Mentions with Hashtags", "mentions_with_hashtags", QuantitySource.Quantity,
            [Link, Quantity, Usernames, Hashtags]);

    public static readonly ServiceType MentionsCustomList =
        new(6, "Mentions Custom List", "mentions_custom_list", QuantitySource.Usernames, [Link, Usernames])
        { WellKnown = 4 };

    public static readonly ServiceType MentionsHashtag =
        new(7, "Mentions Hashtag", "mentions_hashtag", QuantitySource.Quantity, [Link, Quantity, Hashtag])
        { WellKnown = 6 };

    public static readonly ServiceType MentionsUserFollowers =
        new(8, "Mentions User Followers", "mentions_user_followers", QuantitySource.Quantity,
            [Link, Quantity, Username])
        { WellKnown = 7 };

    public static readonly ServiceType MentionsMediaLikers =
        new(9, "Mentions Media Likers", "mentions_media_likers", QuantitySource.Quantity, [Link, Quantity, Media])
        { WellKnown = 8 };

    public static readonly ServiceType Package =
        new(10, "Package", "package", QuantitySource.One, [Link]) { WellKnown = 10, Flat = true };

    public static readonly ServiceType CustomCommentsPackage =
        new(11, "Custom Comments Package", "custom_comments_package", QuantitySource.Comments, [Link, Comments])
        { WellKnown = 14, Flat = true };

    public static readonly ServiceType CommentLikes =
        new(12, "Comment Likes", "comment_likes", QuantitySource.Quantity, [Link, Quantity, Username])
        { WellKnown = 15 };

    public static readonly ServiceType CommentReplies =
        new(13, "Comment Replies", "comment_replies", QuantitySource.Comments, [Link, Username, Comments]);

    public static readonly ServiceType Poll =
        new(14, "Poll", "poll", QuantitySource.Quantity, [Link, Quantity, AnswerNumber]) { WellKnown = 17 };

    public static readonly ServiceType InvitesFromGroups =
        new(15, "Invites from Groups", "invites_from_groups", QuantitySource.Quantity, [Link, Quantity, Groups])
        { WellKnown = 20 };

    public static readonly ServiceType Subscriptions =
        new(16, "Subscriptions", "subscriptions", QuantitySource.Posts, [Username, Min, Max],
            [Delay, Posts, OldPosts, Expiry])
        { WellKnown = 100 };

    public static readonly ServiceType WebTraffic =
        new(17, "Web Traffic", "web_traffic", QuantitySource.Quantity,
            [Link, Quantity, Country, Device, TypeOfTraffic],
            [GoogleKeyword, ReferringUrl, .. Drip]);

    /// <summary>Every kind, in the order of the contract's table.</summary>
    public static readonly IReadOnlyList<ServiceType> All =
    [
        Default, Seo, CustomComments, Mentions, MentionsWithHashtags, MentionsCustomList, MentionsHashtag,
        MentionsUserFollowers, MentionsMediaLikers, Package, CustomCommentsPackage, CommentLikes, CommentReplies, Poll,
        InvitesFromGroups, Subscriptions, WebTraffic,
    ];

    private static readonly FrozenDictionary<int, ServiceType> ById = All.ToFrozenDictionary(type => type.Id);

    private static readonly FrozenDictionary<string, ServiceType> ByName = All
        .SelectMany(type => new[] { KeyValuePair.Create(type.Name, type), KeyValuePair.Create(type.Code, type) })
        .DistinctBy(pair => pair.Key.ToUpperInvariant())
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private ServiceType(
        int id,
        string name,
        string code,
        QuantitySource quantity,
        IReadOnlyList<OrderField> required,
        IReadOnlyList<OrderField>? optional = null)
    {
        Id = id;
        Name = name;
        Code = code;
        QuantityFrom = quantity;
        Required = required;
        Optional = optional ?? [];
    }

    /// <summary>The number it is stored under; never reused.</summary>
    public int Id { get; }

    /// <summary>The name on the wire of v2.</summary>
    public string Name { get; }

    /// <summary>The code on the wire of v1.</summary>
    public string Code { get; }

    /// <summary>The number that the well-known panel gives this type; null where it has none.</summary>
    public int? WellKnown { get; private init; }

    public QuantitySource QuantityFrom { get; }

    /// <summary>The rate is the price of one order, whatever its quantity.</summary>
    public bool Flat { get; private init; }

    /// <summary>The fields an order must have, in the order they are checked.</summary>
    public IReadOnlyList<OrderField> Required { get; }

    /// <summary>The fields an order may have.</summary>
    public IReadOnlyList<OrderField> Optional { get; }

    /// <summary>Orders of this kind can be split into runs, if the service allows it.</summary>
    public bool MayDrip => Optional.Contains(Runs);

    /// <summary>The kind stored under a number.</summary>
    /// <exception cref="KeyNotFoundException">The number was never given out.</exception>
    public static ServiceType Of(int id) => ById[id];

    /// <summary>Finds a kind by its v2 name or its v1 code, whatever the case.</summary>
    public static ServiceType? Find(string name) => ByName.GetValueOrDefault(name.Trim());
}
