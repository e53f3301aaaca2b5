using Microsoft.AspNetCore.Http;

namespace PanelServer.Tests.Conformance;

/// <summary>What other panels do otherwise and may: a judgement must note it and count nothing, one row for each check.</summary>
internal static partial class Mistakes
{
    private static readonly Func<HttpContext, string, Task> Refuse = Say("""{"error":"Invalid"}""");

    public static readonly IReadOnlyList<Wrong> Tastes =
    [
        // How a call may come
        Taste("words by their case", new(form => form.GetValueOrDefault("action") == "BALANCE", Refuse), "request: the case of the action does not matter"),
        Taste("no query", Came(request => request.Method == "POST" && request.Query.ContainsKey("action")), "request: the action may stand in the query"),
        Taste("no multipart", Came(request => IsOfType(request, "multipart/")), "request: the body may be multipart/form-data"),
        Taste("no JSON", Came(request => IsOfType(request, "application/json")), "request: the body may be a JSON object"),
        Taste("no GET", Came(request => request.Method == "GET"), "request: GET is answered in JSON"),
        Taste("paths by their letters", Came(request => request.Path.Value!.StartsWith("//", StringComparison.Ordinal)), "request: a slash too many before the path does not matter"),
        Taste("blanks matter", new(form => form.ContainsKey(" action "), Refuse), "request: blanks around names and values do not matter"),
        Taste("the last counts", On("balance,no_such_action", Refuse), "request: of a repeated name the first counts"),

        // Many at once
        Taste("101 are too many", When("status", HasOrders(101), Say("{}")), "status: many: of 101 ids each is answered")
            with { Also = "status: many: the 101st id is one too many" },
        Taste("101 are answered", When("status", HasOrders(101), Replace("Too many IDs, up to 100 are allowed", "Incorrect order ID")), "status: many: the 101st id is one too many"),
        Taste("lists are clean", When("status", HasMalformed, Refuse), "status: many: blanks and repeated ids do not matter, malformed ones are answered")
            with { Also = "status: many: a malformed id has its own error" },
        Taste("a malformed id is nothing", When("status", HasMalformed, Replace("\"abc\":{\"error\":\"Incorrect order ID\"}", "\"abc\":{}")), "status: many: a malformed id has its own error"),
        Taste("no action=orders", On("orders", Refuse), "status: many: action=orders means the same"),
        Taste("one is one", When("status", form => form.GetValueOrDefault("order") is { } order && order.Contains(',', StringComparison.Ordinal), Say("""{"error":"Incorrect order ID"}""")),
            "status: many: a list in order is read as orders"),
        Taste("brackets are letters", When("status", form => form.GetValueOrDefault("orders") is { } orders && orders.StartsWith('['), Replace("\"2147483646\"", "\"[2147483646\"")),
            "status: many: brackets around the list do not matter"),
        Taste("a repeated field is the last of it", When("status", form => form.ContainsKey("orders[]"), Say("""{"2147483647":{"error":"Incorrect order ID"}}""")),
            "status: many: a repeated orders[] is a list"),

        // Other words
        Taste("no action=multiple_refill", On("multiple_refill", Refuse), "refill: many: action=multiple_refill means the same"),
        Taste("no action=multiple_refill_status", On("multiple_refill_status", Refuse), "refill_status: many: action=multiple_refill_status means the same"),
        Taste("a refill needs its action", new(form => !form.ContainsKey("action") && form.ContainsKey("order"), Say("""{"error":"Incorrect request"}""")), "refill: it is meant where only an order is given"),
        Taste("a refill status needs its action", new(form => !form.ContainsKey("action") && form.ContainsKey("refill"), Say("""{"error":"Incorrect request"}""")),
            "refill_status: it is meant where only a refill is given"),
        Taste("a single cancellation is an object", When("cancel", form => form.ContainsKey("order"), Say("""{"cancel":1}""")), "cancel: a single order is answered by an array, too"),

        // Numbers
        Taste("a point is no number", When("add", form => form.GetValueOrDefault("quantity") == "0.0", Say("""{"error":"Incorrect quantity"}""")),
            "add: zeros behind the point of a quantity do not matter"),
        Taste("undefined is no number", When("add", form => form.GetValueOrDefault("runs") == "undefined", Say("""{"error":"Incorrect runs"}""")),
            "add: runs and interval that are undefined are none"),
        Taste("one run is none", When("add", form => form.GetValueOrDefault("runs") == "1", Say("""{"error":"Incorrect runs"}""")), "add: one run is a plain order"),
        Taste("a delay is needed", When("add", form => form.ContainsKey("username") && !form.ContainsKey("delay"), Say("""{"error":"Incorrect delay"}""")),
            "add: a subscription may do without a delay"),
        Taste("posts are needed", When("add", form => form.GetValueOrDefault("posts") == "0", Say("""{"error":"Incorrect posts"}""")), "add: a subscription of 0 posts has no end"),
    ];

    private static Wrong Taste(string name, Mistake mistake, string noted) => new(name, mistake, noted, "", "");

    private static Mistake Came(Func<HttpRequest, bool> came) => new(_ => true, Refuse) { Came = came };

    private static bool IsOfType(HttpRequest request, string type) =>
        request.ContentType?.StartsWith(type, StringComparison.Ordinal) == true;

    private static bool HasMalformed(IReadOnlyDictionary<string, string> form) =>
        form.GetValueOrDefault("orders") is { } orders && orders.Contains("abc", StringComparison.Ordinal);
}
