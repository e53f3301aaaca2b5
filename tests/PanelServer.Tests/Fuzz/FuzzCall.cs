namespace PanelServer.Tests.Fuzz;

/// <summary>One call that works by itself, and the parameter of it that is made hostile.</summary>
internal sealed record FuzzCall(string Action, (string Name, string Value)[] Fields, string Hostile)
{
    private static readonly (string, string) Link = ("link", "https://sandbox.test/p/1");
    private static readonly (string, string) Comments = ("comments", string.Join('\n', Enumerable.Range(1, 12)));
    private static readonly (string, string) Usernames = ("usernames", "ann\nbob\neve");

    /// <summary>Every parameter of every action, on the sandbox's world.</summary>
    public static IEnumerable<FuzzCall> All(string order) =>
    [
        .. Of("services", [], "key", "action", "request_id"),
        .. Of("balance", [], "key", "action"),
        .. Of("status", [("order", order)], "key", "action", "orders"),
        .. Of("status", [("orders", order + ",1")], "orders[]", "orders[0]", "orders[x]", "order[]"),
        .. Of("multi_status", [("orders", order)], "key"),
        .. Of("refill", [("order", order)], "request_id", "action"),
        .. Of("refill", [("orders", order)], "orders[]"),
        .. Of("refill_status", [("refill", "1")], "action"),
        .. Of("refill_status", [("refills", "1,2")], "refills[]"),
        .. Of("cancel", [("order", "1")], "request_id"),
        .. Of("cancel", [("orders", "1,2")], "orders[]", "action"),
        .. Orders().SelectMany(fields => Of("add", fields, "request_id", "runs", "interval")),
        .. Of(
            "add", [("service", "1"), Link, ("quantity", "100")],
            "key", "action", "charge", "rate", "user_id", "id", "", "[]"),
        .. Of("add", [("service", "1"), Link, ("quantity", "100"), ("runs", "2"), ("interval", "5")], []),
        .. Of("add", [("service", "4"), .. Subscription()], "posts", "old_posts", "expiry"),
        .. Of("add", [("service", "2"), Link], "comments[]", "comments[0]", "quantity"),
    ];

    private static IEnumerable<(string, string)[]> Orders() =>
    [
        [("service", "1"), Link, ("quantity", "100")],
        [("service", "2"), Link, Comments],
        [("service", "3"), Link],
        [("service", "4"), .. Subscription()],
        [("service", "5"), Link, ("quantity", "100"), ("answer_number", "1")],
        [("service", "6"), Link, ("quantity", "100"), Usernames],
        [("service", "7"), Link, ("quantity", "100"), Usernames, ("hashtags", "a\nb")],
        [("service", "8"), Link, Usernames],
        [("service", "9"), Link, ("quantity", "100"), ("hashtag", "a")],
        [("service", "10"), Link, ("quantity", "100"), ("username", "ann")],
        [("service", "11"), Link, ("quantity", "100"), ("media", "https://sandbox.test/m")],
        [("service", "12"), Link, Comments],
        [("service", "13"), Link, ("quantity", "100"), ("username", "ann")],
        [("service", "14"), Link, ("username", "ann"), Comments],
        [("service", "15"), Link, ("quantity", "100"), ("keywords", "a\nb")],
        [("service", "16"), Link, ("quantity", "100"), ("groups", "a\nb")],
        [
            ("service", "17"), Link, ("quantity", "1000"), ("country", "US"), ("device", "1"), ("type_of_traffic", "1"),
            ("google_keyword", "a"), ("referring_url", "https://sandbox.test"),
        ],
        [("service", "18"), Link, ("quantity", "1")],
    ];

    private static (string, string)[] Subscription() =>
        [("username", "ann"), ("min", "20"), ("max", "100"), ("delay", "30"), ("posts", "3")];

    private static IEnumerable<FuzzCall> Of(string action, (string Name, string Value)[] fields, params string[] more) =>
        fields.Select(field => field.Name).Concat(more).Distinct().Select(name => new FuzzCall(action, fields, name));

    /// <summary>What does not change the world, or is the same again, must mean the same in every encoding.</summary>
    public bool MeansTheSameTwice => Action is not ("cancel" or "refill");
}
