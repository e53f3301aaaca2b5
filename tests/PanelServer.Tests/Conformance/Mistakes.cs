using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace PanelServer.Tests.Conformance;

/// <summary>One wrong behaviour, and the one check that must find it.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Mistake">The behaviour.</param>
/// <param name="Found">The check: action, colon, name.</param>
/// <param name="Wanted">What the score card must say was wanted.</param>
/// <param name="Got">What the score card must say was got.</param>
internal sealed record Wrong(string Name, Mistake Mistake, string Found, string Wanted, string Got)
{
    /// <summary>It shows only when something is ordered.</summary>
    public bool Orders { get; init; }

    /// <summary>What fails with it, where one wrong number is wrong in two ways.</summary>
    public string? Also { get; init; }
}

/// <summary>The wrong behaviours that a judgement must find, one row each.</summary>
internal static partial class Mistakes
{
    private const string Unknown = "2147483647";
    private const string AlsoUnknown = "2147483646";

    public static readonly IReadOnlyList<Wrong> All =
    [
        // Any answer
        new("html", On("services", Say(200, "text/html", "<html>\r\n<body>Welcome</body></html>")),
            "answer: the body is JSON", "JSON", @"services: <html>\u000d\u000a<body>Welcome</body></html>"),
        new("empty body", On("services", Say(200, "application/json", "")), "answer: the body is JSON", "JSON", "services: an empty body"),
        new("half a character", On("services", Say(200, "application/json", """["\ud800"]""")), "answer: the body is JSON", "JSON", "ud800"),
        new("text after the JSON", On("services", Say(200, "application/json", "[] <!-- 12 ms -->")), "answer: the body is JSON", "JSON", "12 ms"),
        new("stack trace", On("services", Say(500, "text/plain", "PDOException in /var/www/api.php:12\n#0 main")),
            "answer: HTTP status 200, errors included", "200", @"services: 500 PDOException in /var/www/api.php:12\u000a#0 main"),
        new("redirect", On("services", RedirectAsync), "answer: nothing is redirected", "no redirect", "services: 302 to https://elsewhere.example/"),
        new("endless body", On("services", EndlessAsync), "answer: no answer is endless", "at most 33554432 bytes", "services: more than"),
        new("hanging", On("services", HangAsync), "answer: every call is answered in time", "an answer", "services: no complete answer within 5 s"),
        new("cut off", On("services", CutOffAsync), "answer: every call is answered in time", "an answer", "services: "),
        new("plain text", On("services", (context, right) => WrongPanel.SayAsync(context, 200, "text/plain", right)),
            "answer: the content type is application/json", "application/json", "services: text/plain"),
        new("missing content type", On("services", (context, right) => WrongPanel.SayAsync(context, 200, "", right)),
            "answer: the content type is application/json", "application/json", "services: none"),
        new("terminal codes", On("status", Say(200, "application/json", "\u001b[2J\u202egone")), "answer: the body is JSON", "JSON", @"\u001b[2J\u202egone (and"),

        // balance
        new("balance in a list", On("balance", Say("[]")), "balance: the answer is an object", "\"balance\":\"100.84292\"", "[]"),
        new("balance is null", On("balance", Replace("\"balance\":\"", "\"balance\":null,\"x\":\"")),
            "balance: balance is a string with five decimals", "\"balance\": \"100.84292\"", "null"),
        new("balance in words", On("balance", Replace("\"balance\":\"", "\"balance\":\"$ ")),
            "balance: balance is a string with five decimals", "\"100.84292\"", "\"$ "),
        new("balance with an exponent", On("balance", Replace("\"balance\":\"", "\"balance\":1e3,\"x\":\"")),
            "balance: balance is a string with five decimals", "\"100.84292\"", "1e3"),
        new("no currency", On("balance", Replace("currency", "unit")), "balance: currency is an ISO 4217 code", "\"USD\"", "no such key"),
        new("a currency of its own", On("balance", Replace("USD", "USDT")), "balance: currency is an ISO 4217 code", "\"USD\"", "\"USDT\""),

        // services
        new("services in an object", On("services", Say("""{"status":"success","data":[]}""")),
            "services: the answer is an array of objects", "[{\"service\":1", "{\"status\":\"success\",\"data\":[]}"),
        new("a service that is no object", On("services", Say("[1]")), "services: the answer is an array of objects", "[{", "[1]"),
        new("service in words", On("services", Replace("\"service\":1,", "\"service\":\"one\",")),
            "services: service is a number", "\"service\":1", "service \"one\": \"one\""),
        new("service beyond 32 bits", On("services", Replace("\"service\":1,", "\"service\":2147483648,")),
            "services: service is a number", "\"service\":1", "2147483648"),
        new("a service twice", On("services", Replace("\"service\":2,", "\"service\":1,")), "services: no service is listed twice", "each id once", "service 1 2 times"),
        new("name is null", On("services", Replace("\"name\":\"Followers\"", "\"name\":null")), "services: name is a string", "\"Followers\"", "service 1: null"),
        new("no type", On("services", Replace("\"type\":\"Poll\"", "\"kind\":\"Poll\"")),
            "services: type is the name of a service type", "\"Default\"", "service 5: no such key"),
        new("category is an object", On("services", Replace("\"category\":\"Second Category\"", "\"category\":{\"id\":2}")),
            "services: category is a string", "\"First Category\"", "service 2: {\"id\":2} (and 3 more)"),
        new("rate with a comma", On("services", Replace("\"rate\":\"0.90\"", "\"rate\":\"0,90\"")), "services: rate is a string with a decimal", "\"0.90\"", "service 1: \"0,90\""),
        new("rate with an exponent", On("services", Replace("\"rate\":\"0.0001\"", "\"rate\":1e-4")), "services: rate is a string with a decimal", "\"0.90\"", "service 18: 1e-4"),
        new("min is negative", On("services", Replace("\"min\":\"50\"", "\"min\":\"-50\"")), "services: min is a string with an integer", "\"50\"", "service 1: \"-50\""),
        new("max is null", On("services", Replace("\"max\":\"1500\"", "\"max\":null")), "services: max is a string with an integer", "\"10000\"", "service 2: null"),
        new("min above max", On("services", Replace("\"min\":\"10\",\"max\":\"1500\"", "\"min\":\"1501\",\"max\":\"1500\"")), "services: min is not above max", "min ≤ max", "service 2: min 1501, max 1500"),
        new("dripfeed in words", On("services", Replace("\"dripfeed\":true", "\"dripfeed\":\"yes\"")), "services: dripfeed is a boolean, or not there", "true", "service 1: \"yes\""),
        new("refill is null", On("services", Replace("\"refill\":true", "\"refill\":null")), "services: refill is a boolean", "true", "service 1: null"),
        new("cancel in words", On("services", Replace("\"cancel\":false", "\"cancel\":\"no\"")), "services: cancel is a boolean", "true", "service 5: \"no\""),

        // key and request
        new("a wrong key is let in", When("balance", form => HasOtherKey(form), Say("""{"balance":"5.00000","currency":"USD"}""")),
            "key: a wrong key is refused", """{"error":"Invalid API key"}""", "\"5.00000\""),
        new("no key is let in", When("balance", form => !form.ContainsKey("key"), Say("""{"error":"Try again later"}""")),
            "key: a missing key is refused", "Invalid API key", "Try again later"),
        new("services without a key", When("services", form => HasOtherKey(form), Say("[]")),
            "key: services needs a key, too", "Invalid API key", "[]"),
        new("an unknown action is answered", On("no_such_action", Say("{}")), "request: an unknown action is refused", "Incorrect request", "{}"),
        new("a missing action is answered", new(form => form.ContainsKey("key") && form.Count == 1, Say("""{"error":{"code":7}}""")),
            "request: a missing action is refused", "Incorrect request", "{\"error\":{\"code\":7}}"),

        // status
        new("wrong error text", When("status", form => form.GetValueOrDefault("order") == Unknown, Say("""{"error":"Nope"}""")),
            "status: an unknown order is refused", """{"error":"Incorrect order ID"}""", """{"error":"Nope"}"""),
        new("an order of nobody", When("status", form => form.GetValueOrDefault("order") == "abc", Say("""{"charge":"0.00000","status":"Pending"}""")),
            "status: a malformed order is refused", "Incorrect order ID", "Pending"),
        new("order 1 is neither", When("status", form => form.GetValueOrDefault("order") == "1", Say("[]")),
            "status: an order that is probably another's is refused", "Incorrect order ID", "[]"),
        new("a huge order breaks it", When("status", form => form.GetValueOrDefault("order")?.Length > 10, Say("""{"error":"SQLSTATE[22003]"}""")),
            "status: an order beyond 32 bits is refused", "Incorrect order ID", "SQLSTATE"),
        new("status of nothing", When("status", form => form.Count == 2, Say("{}")), "status: a missing order is refused", "Incorrect order ID", "{}"),
        new("an empty batch", When("status", HasOrders(2), Say("[]")), "status: many: an object with a key for each id", "an object with the keys 2147483646, 2147483647", "[]"),
        new("a batch without one", When("status", HasOrders(2), Say("""{"2147483646":{"error":"Incorrect order ID"}}""")),
            "status: many: an object with a key for each id", "2147483647", "2147483646"),
        new("a batch of states", When("status", HasOrders(2), Replace("{\"error\":\"Incorrect order ID\"}", "{\"status\":\"Pending\"}")),
            "status: many: an unknown id has its own error", "Incorrect order ID", "\"2147483646\": {\"status\":\"Pending\"} (and 1 more)"),
        new("fifty of a hundred", When("status", HasOrders(100), Say("""{"2147483647":{"error":"Incorrect order ID"}}""")),
            "status: many: a hundred ids are answered", "2147483647 … 2147483548", "2147483647"),

        // refill, refill_status, cancel
        new("a refill of nothing", When("refill", form => form.ContainsKey("order"), Say("""{"refill":"1"}""")), "refill: an unknown order is refused", "Incorrect order ID", "{\"refill\":\"1\"}"),
        new("a refill without an order", When("refill", form => form.Count == 2, Say("null")), "refill: a missing order is refused", "Incorrect order ID", "null"),
        new("refills in an object", When("refill", form => form.ContainsKey("orders"), Say("{}")), "refill: many: an array with an item for each id", "[{\"order\":1", "{}"),
        new("refills out of order", When("refill", form => form.ContainsKey("orders"), Say("""[{"order":2147483646,"refill":1},{"order":2147483647,"refill":2}]""")),
            "refill: many: an array with an item for each id", "in the order of the call", "[{\"order\":2147483646"),
        new("a refill of 0", When("refill", form => form.ContainsKey("orders"), Replace("{\"error\":\"Incorrect order ID\"}", "0")),
            "refill: many: an unknown order has its own error", "\"refill\":{\"error\":\"Incorrect order ID\"}", "0"),
        new("a refill of no state", When("refill_status", form => form.GetValueOrDefault("refill") == Unknown, Say("""{"status":"Completed"}""")),
            "refill_status: an unknown refill is refused", "Refill not found", "Completed"),
        new("a malformed refill is known", When("refill_status", form => form.GetValueOrDefault("refill") == "abc", Say("""{"status":"Completed"}""")),
            "refill_status: a malformed refill is refused", "Refill not found", "Completed"),
        new("a missing refill is known", When("refill_status", form => form.Count == 2, Say("""{"status":"Completed"}""")),
            "refill_status: a missing refill is refused", "Refill not found", "Completed"),
        new("refill states in an object", When("refill_status", form => form.ContainsKey("refills"), Say("""{"2147483647":"Completed"}""")),
            "refill_status: many: an array with an item for each id", "[{\"refill\":1", "{\"2147483647\""),
        new("an unknown refill has a state", When("refill_status", form => form.ContainsKey("refills"), Replace("{\"error\":\"Refill not found\"}", "\"Completed\"")),
            "refill_status: many: an unknown refill has its own error", "\"status\":{\"error\":\"Refill not found\"}", "\"Completed\""),
        new("cancel in an object", When("cancel", HasOrders(2), Say("""{"cancel":1}""")), "cancel: an array with an item for each id", "[{\"order\":1", "{\"cancel\":1}"),
        new("an unknown order is canceled", When("cancel", HasOrders(2), Replace("{\"error\":\"Incorrect order ID\"}", "1")),
            "cancel: an unknown order has its own error", "\"cancel\":{\"error\":\"Incorrect order ID\"}", "1"),
        new("cancel of nothing", When("cancel", form => form.Count == 2, Say("[]")), "cancel: missing orders are refused", "Incorrect order ID", "[]"),

        // add, refused
        new("no service is sold", When("add", form => !form.ContainsKey("service"), Say("""{"order":5}""")), "add: a missing service is refused", "Incorrect service ID", "{\"order\":5}"),
        new("an unknown service is sold", When("add", form => form.GetValueOrDefault("service") == Unknown, Say("""{"order":5}""")),
            "add: an unknown service is refused", "Incorrect service ID", "{\"order\":5}"),
        new("a malformed service is sold", When("add", form => form.GetValueOrDefault("service") == "abc", Say("""{"order":5}""")),
            "add: a malformed service is refused", "Incorrect service ID", "{\"order\":5}"),
        new("no link is taken", When("add", form => IsService1(form) && !form.ContainsKey("link"), Say("""{"order":5}""")), "add: a missing link is refused", "Incorrect link", "{\"order\":5}"),
        new("no quantity is taken", When("add", form => IsService1(form) && !form.ContainsKey("quantity"), Say("""{"order":5}""")),
            "add: a missing quantity is refused", "Incorrect quantity", "{\"order\":5}"),
        new("a malformed quantity is taken", When("add", form => IsService1(form) && form.GetValueOrDefault("quantity") == "abc", Say("""{"order":5}""")),
            "add: a malformed quantity is refused", "Incorrect quantity", "{\"order\":5}"),
        new("half of one is sold", When("add", form => form.GetValueOrDefault("quantity") == "0.5", Say("""{"order":5}""")),
            "add: a quantity with a fraction is refused", "Incorrect quantity", "{\"order\":5}"),
        new("nothing is sold", When("add", form => form.GetValueOrDefault("quantity") == "0" && form.ContainsKey("link"), Say("""{"order":5}""")),
            "add: a quantity of 0 is too small", "Quantity less than minimal", "{\"order\":5}"),
        new("too much is sold", When("add", form => form.GetValueOrDefault("quantity") == Unknown, Say("""{"error":"Oops"}""")),
            "add: a quantity above the maximum is refused", "Quantity more than maximum", "Oops"),

        // An order
        Ordered("too little is sold", When("add", form => form.GetValueOrDefault("quantity") == "49", Say("""{"error":"Oops"}""")),
            "add: one below the minimum is too small", "Quantity less than minimal", "Oops"),
        Ordered("an order in a list", OnTheOrder(Say("[7]")), "add: an order is taken", "{\"order\":23501}", "[7]"),
        Ordered("an order that is refused", OnTheOrder(Say("""{"error":"Maintenance"}""")), "add: an order is taken", "{\"order\":23501}", "Maintenance"),
        Ordered("an order by a name", OnTheOrder(Say("""{"order":"ord_7"}""")), "add: order is a number, at most 2147483647", "23501", "\"ord_7\""),
        Ordered("an empty state", OnOwn("status", SayFor("Pending", """{"error":"Incorrect order ID"}""")), "status: the answer is an object", "\"charge\":", "Incorrect order ID"),
        Ordered("charge is null", OnOwn("status", Replace("\"0.04500\"", "null")), "status: charge is a string with five decimals", "\"0.04500\"", "null"),
        Ordered("a wrong charge", OnOwn("status", Replace("0.04500", "0.05000")), "status: charge is rate × quantity / 1000, rounded up", "rate × quantity / 1000", "\"0.05000\" for 0.04500")
            with { Also = "balance: it fell by the charge of the order" },
        Ordered("start_count is null", OnOwn("status", Replace("\"start_count\":\"0\"", "\"start_count\":null")), "status: start_count is a string with an integer", "\"0\"", "null"),
        Ordered("a state of its own", OnOwn("status", Replace("\"Pending\"", "\"Queued\"")), "status: status is one of the six states", "\"Pending\"", "\"Queued\""),
        Ordered("remains in words", OnOwn("status", Replace("\"remains\":\"50\"", "\"remains\":\"Unknown\"")), "status: remains is a string with an integer", "\"50\"", "\"Unknown\""),
        Ordered("a wrong currency", OnOwn("status", Replace("\"USD\"", "\"$\"")), "status: currency is an ISO 4217 code", "\"USD\"", "\"$\""),
        Ordered("an own order is not in its batch", When("status", form => IsOwn(form, "orders"), Say("{}")),
            "status: many: an own order is answered as if asked alone", "23501", "{}"),
        Ordered("beside an own order an unknown one is known", When("status", form => IsOwn(form, "orders"), Replace("{\"error\":\"Incorrect order ID\"}", "{}")),
            "status: many: beside it an unknown id has its own error", "Incorrect order ID", "\"2147483647\": {}"),
        Ordered("own refills in an object", When("refill", form => IsOwn(form, "orders"), Say("{}")), "refill: many: an item for the own order and one for the unknown", "[{\"order\":1", "{}"),
        Ordered("an own refill is null", When("refill", form => IsOwn(form, "orders"), Replace("{\"error\":\"Refill not available\"}", "null")),
            "refill: many: the own order has an error or a number", "Refill not available", "null"),
        Ordered("an unknown order is refilled", When("refill", form => IsOwn(form, "orders"), Replace("{\"error\":\"Incorrect order ID\"}", "7")),
            "refill: many: the unknown one has its own error", "Incorrect order ID", "7"),
        Ordered("own cancellations in an object", When("cancel", form => IsOwn(form, "orders"), Say("{}")), "cancel: an item for each order and one for the unknown", "[{\"order\":1", "{}"),
        Ordered("beside an own order an unknown one is canceled", When("cancel", form => IsOwn(form, "orders"), Replace("{\"error\":\"Incorrect order ID\"}", "1")),
            "cancel: the unknown one has its own error", "Incorrect order ID", "1"),
        Ordered("a canceled order has a state of its own", OnOwn("status", Replace("\"Canceled\"", "\"Gone\"")),
            "status: status is one of the six states after the cancellation", "\"Canceled\"", "\"Gone\""),
        Ordered("a refill in a list", OnOwn("refill", Say("[]")), "refill: a new order has no refill yet, or gets one by a string", "Refill not available", "no such key"),
        Ordered("an own order is not canceled", When("cancel", form => IsOwn(form, "orders"), Replace("\"cancel\":1", "\"cancel\":null")), "cancel: the own order has 1, or says why not", "\"cancel\":1", "null"),
        Ordered("a cancellation that keeps the money", OnOwn("status", Replace("\"0.00000\"", "\"0.04500\"")), "status: a canceled order has cost nothing", "\"charge\":\"0.00000\"", "0.04500"),
    ];

    /// <summary>All calls of an action with the right key.</summary>
    public static Mistake On(string action, Func<HttpContext, string, Task> answer) =>
        When(action, form => form.GetValueOrDefault("key") == TestPanel.DemoKey, answer);

    public static Mistake When(string action, Func<IReadOnlyDictionary<string, string>, bool> when, Func<HttpContext, string, Task> answer) =>
        new(form => form.GetValueOrDefault("action") == action && when(form), answer);

    public static Func<HttpContext, string, Task> Replace(string text, string by) =>
        (context, right) => WrongPanel.SayAsync(context, right.Replace(text, by, StringComparison.Ordinal));

    public static Func<HttpContext, string, Task> Say(string body) => Say(200, "application/json", body);

    public static Func<HttpContext, string, Task> Say(int status, string contentType, string body) =>
        (context, _) => WrongPanel.SayAsync(context, status, contentType, body);

    public static Task HangAsync(HttpContext context, string right) => Task.Delay(Timeout.Infinite, context.RequestAborted);

    public static async Task EndlessAsync(HttpContext context, string right)
    {
        context.Response.Headers.ContentType = "application/json";
        var blanks = new string(' ', 64 * 1024);
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.WriteAsync(blanks, context.RequestAborted);
        }
    }

    private static Wrong Ordered(string name, Mistake mistake, string found, string wanted, string got) =>
        new(name, mistake, found, wanted, got) { Orders = true };

    /// <summary>The call that places the order, and its repetition.</summary>
    private static Mistake OnTheOrder(Func<HttpContext, string, Task> answer) => When("add", form => form.ContainsKey("request_id"), answer);

    /// <summary>Calls about the order that was placed.</summary>
    private static Mistake OnOwn(string action, Func<HttpContext, string, Task> answer) => When(action, form => IsOwn(form, "order"), answer);

    /// <summary>Orders of a sandbox have numbers from 23501 on.</summary>
    private static bool IsOwn(IReadOnlyDictionary<string, string> form, string name) =>
        form.TryGetValue(name, out var ids)
        && int.TryParse(ids.Split(',')[0], CultureInfo.InvariantCulture, out var id)
        && id is >= 23501 and < 99999;

    private static bool IsService1(IReadOnlyDictionary<string, string> form) => form.GetValueOrDefault("service") == "1";

    private static bool HasOtherKey(IReadOnlyDictionary<string, string> form) => form.TryGetValue("key", out var key) && key != TestPanel.DemoKey;

    /// <summary>So many ids, none of which exists.</summary>
    private static Func<IReadOnlyDictionary<string, string>, bool> HasOrders(int count) => form =>
        form.TryGetValue("orders", out var ids)
        && ids.Contains(AlsoUnknown, StringComparison.Ordinal)
        && ids.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Length == count;

    /// <summary>Says something else where the right answer has a word.</summary>
    private static Func<HttpContext, string, Task> SayFor(string word, string body) => (context, right) =>
        WrongPanel.SayAsync(context, right.Contains(word, StringComparison.Ordinal) ? body : right);

    public static Task RedirectAsync(HttpContext context, string right)
    {
        context.Response.Redirect("https://elsewhere.example/");
        return Task.CompletedTask;
    }

    public static Task CutOffAsync(HttpContext context, string right)
    {
        context.Abort();
        return Task.CompletedTask;
    }
}
