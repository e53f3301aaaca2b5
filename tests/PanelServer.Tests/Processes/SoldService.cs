using System.Text.Json.Nodes;

namespace PanelServer.Tests.Processes;

/// <summary>
/// One service of the test's own list with an order for it: what is sent, and the quantity that the published rules make
/// of it.
/// </summary>
internal sealed record SoldService(int Id, string Type, string Rate, long Min, long Max, string Flags, long Quantity)
{
    private static readonly (string, string) Link = ("link", "https://example.com/p/1");

    public (string Name, string Value)[] Fields { get; private init; } = [];

    public bool Drip => Flags.Contains('d', StringComparison.Ordinal);

    public bool Refill => Flags.Contains('r', StringComparison.Ordinal);

    public bool Cancel => Flags.Contains('c', StringComparison.Ordinal);

    public string Name => $"{Type} №{Id}";

    public string Category => $"Category {Id % 3}";

    public bool IsSubscription => Type == "Subscriptions";

    /// <summary>The v1 dialect's code of the type.</summary>
    public string CodeV1 => string.Concat(Type.Select(c => c == ' ' ? '_' : char.ToLowerInvariant(c)));

    public long Charge => Type switch
    {
        "Package" or "Custom Comments Package" => Units.Flat(Rate),
        "Subscriptions" => 0,
        _ => Units.Charge(Rate, Quantity),
    };

    public (string Name, string Value)[] Order => [("service", Units.Text(Id)), .. Fields];

    /// <summary>One of each of the 17 types; the rates are odd on purpose, so that charges must be rounded.</summary>
    public static IReadOnlyList<SoldService> All { get; } =
    [
        Of(101, "Default", "0.90", 50, 10_000, "drc", 309, Link, ("quantity", "309")),
        Of(102, "SEO", "0.60001", 100, 100_000, "c", 1001, Link, ("quantity", "1001"), ("keywords", "one\ntwo")),
        Of(103, "Custom Comments", "8.00", 2, 1_500, "c", 3, Link, ("comments", "good\r\n\r\nbetter\nbest\n")),
        Of(104, "Mentions", "3.33333333", 10, 20_000, "c", 11, Link, ("quantity", "11"), ("usernames", "ann\nbob")),
        Of(105, "Mentions with Hashtags", "3.1001", 10, 20_000, "c", 12,
            Link, ("quantity", "12"), ("usernames", "ann\nbob"), ("hashtags", "red\nblue")),
        Of(106, "Mentions Custom List", "3.20", 2, 20_000, "c", 3, Link, ("usernames", "ann\nbob\neve")),
        Of(107, "Mentions Hashtag", "3.30", 10, 20_000, "c", 14, Link, ("quantity", "14"), ("hashtag", "red")),
        Of(108, "Mentions User Followers", "3.40", 10, 20_000, "c", 15, Link, ("quantity", "15"), ("username", "ann")),
        Of(109, "Mentions Media Likers", "3.50", 10, 20_000, "c", 16,
            Link, ("quantity", "16"), ("media", "https://example.com/m/2")),
        Of(110, "Package", "2.50000001", 1, 1, "c", 1, Link),
        Of(111, "Custom Comments Package", "4.00", 1, 100, "c", 2, Link, ("comments", "first\nsecond")),
        Of(112, "Comment Likes", "0.75", 20, 50_000, "rc", 21, Link, ("quantity", "21"), ("username", "ann")),
        Of(113, "Comment Replies", "9.00", 1, 500, "c", 2, Link, ("username", "ann"), ("comments", "yes\nno")),
        Of(114, "Poll", "0.35", 100, 100_000, "", 101, Link, ("quantity", "101"), ("answer_number", "2")),
        Of(115, "Invites from Groups", "5.00", 10, 5_000, "c", 13, Link, ("quantity", "13"), ("groups", "red\nblue")),
        Of(116, "Subscriptions", "1.20", 20, 5_000, "c", 0,
            ("username", "ann"), ("min", "20"), ("max", "30"), ("posts", "5"), ("delay", "30")),
        Of(117, "Web Traffic", "0.15", 500, 1_000_000, "dc", 777,
            Link, ("quantity", "777"), ("country", "US"), ("device", "1"), ("type_of_traffic", "1"),
            ("google_keyword", "panel")),
    ];

    public static SoldService ById(int id) => All.Single(service => service.Id == id);

    /// <summary>The list in the shape that `action=services` answers.</summary>
    public static string PublishedJson() =>
        new JsonArray([.. All.Select(service => service.Published())]).ToJsonString();

    public JsonObject Published() => new()
    {
        ["service"] = Id,
        ["name"] = Name,
        ["type"] = Type,
        ["category"] = Category,
        ["rate"] = Rate,
        ["min"] = Units.Text(Min),
        ["max"] = Units.Text(Max),
        ["dripfeed"] = Drip,
        ["refill"] = Refill,
        ["cancel"] = Cancel,
    };

    private static SoldService Of(
        int id, string type, string rate, long min, long max, string flags, long quantity,
        params (string Name, string Value)[] fields) =>
        new(id, type, rate, min, max, flags, quantity) { Fields = fields };
}
