namespace PanelServer.Domain.Catalogue;

/// <summary>How the text of a field is read.</summary>
public enum FieldKind
{
    /// <summary>What the service's link rule says.</summary>
    Link,

    /// <summary>An integer of zero or more.</summary>
    Number,

    /// <summary>One line of text.</summary>
    Line,

    /// <summary>Lines of text.</summary>
    List,

    /// <summary>An ISO country code or a country's English name.</summary>
    Country,

    /// <summary>A day, d/m/Y.</summary>
    Date,
}

/// <summary>A field of <c>add</c> beside <c>service</c> (docs/contract.md, "Service types").</summary>
/// <param name="Name">The name on the wire.</param>
/// <param name="Kind">How its text is read.</param>
public sealed record OrderField(string Name, FieldKind Kind)
{
    public static readonly OrderField Link = new("link", FieldKind.Link);
    public static readonly OrderField Quantity = new("quantity", FieldKind.Number);
    public static readonly OrderField Keywords = new("keywords", FieldKind.List);
    public static readonly OrderField Comments = new("comments", FieldKind.List);
    public static readonly OrderField Usernames = new("usernames", FieldKind.List);
    public static readonly OrderField Hashtags = new("hashtags", FieldKind.List);
    public static readonly OrderField Groups = new("groups", FieldKind.List);
    public static readonly OrderField Hashtag = new("hashtag", FieldKind.Line);
    public static readonly OrderField Username = new("username", FieldKind.Line);
    public static readonly OrderField Media = new("media", FieldKind.Line);
    public static readonly OrderField AnswerNumber = new("answer_number", FieldKind.Number);
    public static readonly OrderField Min = new("min", FieldKind.Number);
    public static readonly OrderField Max = new("max", FieldKind.Number);
    public static readonly OrderField Posts = new("posts", FieldKind.Number);
    public static readonly OrderField OldPosts = new("old_posts", FieldKind.Number);
    public static readonly OrderField Delay = new("delay", FieldKind.Number);
    public static readonly OrderField Expiry = new("expiry", FieldKind.Date);
    public static readonly OrderField Country = new("country", FieldKind.Country);
    public static readonly OrderField Device = new("device", FieldKind.Number);
    public static readonly OrderField TypeOfTraffic = new("type_of_traffic", FieldKind.Number);
    public static readonly OrderField GoogleKeyword = new("google_keyword", FieldKind.Line);
    public static readonly OrderField ReferringUrl = new("referring_url", FieldKind.Line);
    public static readonly OrderField Runs = new("runs", FieldKind.Number);
    public static readonly OrderField Interval = new("interval", FieldKind.Number);
}
