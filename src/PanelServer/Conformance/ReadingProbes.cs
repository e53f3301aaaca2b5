using System.Globalization;
using System.Text.Json;
using PanelServer.Domain;
using static PanelServer.Conformance.Rules;

namespace PanelServer.Conformance;

/// <summary>
/// What the contract says about calls that change nothing, in words of the wire (docs/contract.md, "Answer", "Actions",
/// "Batches", "Errors"). Ids that are asked for do not exist; what is asked to change is refused by any panel.
/// </summary>
internal static class ReadingProbes
{
    /// <summary>The largest id there can be: no panel has come so far.</summary>
    private const string Unknown = "2147483647";

    private const string AlsoUnknown = "2147483646";

    /// <summary>Read as a number by nobody, not even by what reads <c>12abc</c> as 12.</summary>
    private const string Malformed = "abc";

    private static readonly string[] Hundred = UnknownIds(Limits.BatchIds);
    private static readonly string[] HundredAndOne = UnknownIds(Limits.BatchIds + 1);

    public static readonly IReadOnlyList<Probe> All =
    [
        new("balance", Ask("balance"),
            IsObject("the answer is an object", """{"balance":"100.84292","currency":"USD"}"""),
            Holds("balance is a string with five decimals", "balance", "\"100.84292\"", Values.Amount),
            Holds("currency is an ISO 4217 code", "currency", "\"USD\"", Values.CurrencyCode),
            HasOnly("nothing else is said", "balance", "currency"))
        {
            Learn = (answer, facts) => facts.BalanceBefore = MoneyOf(Values.At(answer, "balance")),
        },

        new("services", Ask("services"), ServiceRules.All) { Learn = (answer, facts) => facts.Choose(answer) },

        new("key", _ => new(("action", "balance")) { Key = KeyGiven.Wrong },
            Refused("a wrong key is refused", Refusal.InvalidKey, "api key", "api_key", "user not found")),
        new("key", _ => new(("action", "balance")) { Key = KeyGiven.None },
            Refused("a missing key is refused", Refusal.InvalidKey, "key", "missing data", "request")),
        new("key", _ => new(("action", "services")) { Key = KeyGiven.Wrong },
            Refused("services needs a key, too", Refusal.InvalidKey, "api key", "api_key", "user not found")),

        new("request", Ask("no_such_action"),
            Refused("an unknown action is refused", Refusal.IncorrectRequest, "action", "request")),
        new("request", _ => new(),
            Refused("a missing action is refused", Refusal.IncorrectRequest, "action", "request", "missing")),
        new("request", Ask("BALANCE"), IsObject("the case of the action does not matter", "the balance")) { IsExtension = true },
        new("request", _ => new(("action", "balance")) { Wrapping = Wrapping.ActionInQuery },
            IsObject("the action may stand in the query", "the balance"))
        { IsExtension = true },
        new("request", _ => new(("action", "balance")) { Wrapping = Wrapping.Multipart },
            IsObject("the body may be multipart/form-data", "the balance"))
        { IsExtension = true },
        new("request", _ => new(("action", "balance")) { Wrapping = Wrapping.Json },
            IsObject("the body may be a JSON object", "the balance"))
        { IsExtension = true },
        new("request", _ => new(("action", "balance")) { Wrapping = Wrapping.Get, Key = KeyGiven.Wrong },
            Refused("GET is answered in JSON", Refusal.InvalidKey, "key", "request", "method"))
        { IsExtension = true },

        new("request", _ => new(("action", "balance")) { HasSlashBefore = true },
            IsObject("a slash too many before the path does not matter", "the balance"))
        { IsExtension = true },
        new("request", _ => new((" action ", " balance ")),
            IsObject("blanks around names and values do not matter", "the balance"))
        { IsExtension = true },
        new("request", _ => new(("action", "balance"), ("action", "no_such_action")),
            IsObject("of a repeated name the first counts", "the balance"))
        { IsExtension = true },

        new("status", Ask("status", ("order", Unknown)),
            Refused("an unknown order is refused", Refusal.IncorrectOrder, "order")),
        new("status", Ask("status", ("order", "1")), new Rule(
            "an order that is probably another's is refused", ErrorOf(Refusal.IncorrectOrder), (answer, _) => ServedOrRefused(answer))),
        new("status", Ask("status", ("order", "99999999999999999999")),
            Refused("an order beyond 32 bits is refused", Refusal.IncorrectOrder, "order")),
        new("status", Ask("status", ("order", Malformed)),
            Refused("a malformed order is refused", Refusal.IncorrectOrder, "order")),
        new("status", Ask("status"),
            Refused("a missing order is refused", Refusal.IncorrectOrder, "order", "request", "missing")),
        new("status", Ask("status", ("orders", $"{AlsoUnknown},{Unknown}")),
            IsKeyed("many: an object with a key for each id", AlsoUnknown, Unknown),
            KeyedErrors("many: an unknown id has its own error", Refusal.IncorrectOrder, "order", AlsoUnknown, Unknown)),
        new("status", Ask("status", ("orders", string.Join(',', Hundred))),
            IsKeyed("many: a hundred ids are answered", Hundred)),
        new("status", Ask("status", ("orders", string.Join(',', HundredAndOne))),
            IsKeyed("many: of 101 ids each is answered", HundredAndOne),
            KeyedErrors("many: the 101st id is one too many", Refusal.TooManyIds, "100", HundredAndOne[^1]))
        { IsExtension = true },
        new("status", Ask("status", ("orders", $" {AlsoUnknown}, ,{Malformed},{AlsoUnknown}")),
            IsKeyed("many: blanks and repeated ids do not matter, malformed ones are answered", AlsoUnknown, Malformed),
            KeyedErrors("many: a malformed id has its own error", Refusal.IncorrectOrder, "order", Malformed))
        { IsExtension = true },
        new("status", Ask("orders", ("orders", $"{AlsoUnknown},{Unknown}")),
            IsKeyed("many: action=orders means the same", AlsoUnknown, Unknown))
        { IsExtension = true },

        new("status", Ask("status", ("order", $"{AlsoUnknown},{Unknown}")),
            IsKeyed("many: a list in order is read as orders", AlsoUnknown, Unknown))
        { IsExtension = true },
        new("status", Ask("status", ("orders", $"[{AlsoUnknown}, {Unknown}]")),
            IsKeyed("many: brackets around the list do not matter", AlsoUnknown, Unknown))
        { IsExtension = true },
        new("status", Ask("status", ("orders[]", AlsoUnknown), ("orders[]", Unknown)),
            IsKeyed("many: a repeated orders[] is a list", AlsoUnknown, Unknown))
        { IsExtension = true },

        new("refill", Ask("refill", ("order", Unknown)),
            Refused("an unknown order is refused", Refusal.IncorrectOrder, "order", "refill", "request", "action")),
        new("refill", Ask("refill"),
            Refused("a missing order is refused", Refusal.IncorrectOrder, "order", "refill", "request", "action", "missing")),
        new("refill", Ask("refill", ("orders", $"{Unknown},{AlsoUnknown}")),
            IsListed("many: an array with an item for each id", "order", _ => [Unknown, AlsoUnknown]),
            ListedIds("order"),
            ListedError("many: an unknown order has its own error", Unknown, "order", "refill", Refusal.IncorrectOrder, "order", "refill")),

        new("refill", Ask("multiple_refill", ("orders", $"{Unknown},{AlsoUnknown}")),
            IsListed("many: action=multiple_refill means the same", "order", _ => [Unknown, AlsoUnknown]))
        { IsExtension = true },
        new("refill", _ => new(("order", Unknown)),
            Refused("it is meant where only an order is given", Refusal.IncorrectOrder, "order"))
        { IsExtension = true },

        new("refill_status", Ask("refill_status", ("refill", Unknown)),
            Refused("an unknown refill is refused", Refusal.RefillNotFound, "refill", "request", "action")),
        new("refill_status", Ask("refill_status", ("refill", Malformed)),
            Refused("a malformed refill is refused", Refusal.RefillNotFound, "refill", "request", "action")),
        new("refill_status", Ask("refill_status"),
            Refused("a missing refill is refused", Refusal.RefillNotFound, "refill", "request", "action", "missing")),
        new("refill_status", Ask("refill_status", ("refills", $"{Unknown},{AlsoUnknown}")),
            IsListed("many: an array with an item for each id", "refill", _ => [Unknown, AlsoUnknown]),
            ListedIds("refill"),
            ListedError("many: an unknown refill has its own error", Unknown, "refill", "status", Refusal.RefillNotFound, "refill")),
        new("refill_status", Ask("multiple_refill_status", ("refills", $"{Unknown},{AlsoUnknown}")),
            IsListed("many: action=multiple_refill_status means the same", "refill", _ => [Unknown, AlsoUnknown]))
        { IsExtension = true },
        new("refill_status", _ => new(("refill", Unknown)),
            Refused("it is meant where only a refill is given", Refusal.RefillNotFound, "refill"))
        { IsExtension = true },

        new("cancel", Ask("cancel", ("orders", $"{Unknown},{AlsoUnknown}")),
            IsListed("an array with an item for each id", "order", _ => [Unknown, AlsoUnknown]),
            ListedIds("order"),
            ListedError("an unknown order has its own error", Unknown, "order", "cancel", Refusal.IncorrectOrder, "order", "cancel")),
        new("cancel", Ask("cancel"),
            Refused("missing orders are refused", Refusal.IncorrectOrder, "order", "request", "action", "missing")),
        new("cancel", Ask("cancel", ("order", Unknown)),
            IsListed("a single order is answered by an array, too", "order", _ => [Unknown]))
        { IsExtension = true },

        new("add", Ask("add"),
            Refused("a missing service is refused", Refusal.IncorrectService, "service", "missing", "required")),
        new("add", Ask("add", ("service", Unknown), ("link", "https://example.com/conform"), ("quantity", "1")),
            Refused("an unknown service is refused", Refusal.IncorrectService, "service")),
        new("add", Ask("add", ("service", Malformed), ("link", "https://example.com/conform"), ("quantity", "1")),
            Refused("a malformed service is refused", Refusal.IncorrectService, "service")),
        new("add", Add(("quantity", "0")),
            Refused("a missing link is refused", Refusal.IncorrectLink, "link", "required", "request")),
        new("add", facts => Add(("link", facts.Link))(facts),
            Refused("a missing quantity is refused", Refusal.IncorrectField("quantity"), "quantity", "link", "required", "request")),
        new("add", facts => Add(("link", facts.Link), ("quantity", Malformed))(facts),
            Refused("a malformed quantity is refused", Refusal.IncorrectField("quantity"), "quantity", "link", "request")),
        new("add", facts => Add(("link", facts.Link), ("quantity", "0.5"))(facts),
            Refused("a quantity with a fraction is refused", Refusal.IncorrectField("quantity"), "quantity", "min", "link", "request")),
        new("add", facts => Add(("link", facts.Link), ("quantity", "0"))(facts), QuantityBelow("a quantity of 0 is too small")),

        // Each is too small as well, so that a panel which reads it otherwise sells nothing either.
        new("add", facts => Add(("link", facts.Link), ("quantity", "0.0"))(facts),
            QuantityBelow("zeros behind the point of a quantity do not matter"))
        { IsExtension = true },
        new("add", facts => Add(("link", facts.Link), ("quantity", "0"), ("runs", "undefined"), ("interval", "undefined"))(facts),
            QuantityBelow("runs and interval that are undefined are none"))
        { IsExtension = true },
        new("add", facts => Add(("link", facts.Link), ("quantity", "0"), ("runs", "1"), ("interval", "0"))(facts),
            QuantityBelow("one run is a plain order"))
        { IsExtension = true },
        Subscribe(QuantityBelow("a subscription may do without a delay", facts => facts.Subscription!)),
        Subscribe(QuantityBelow("a subscription of 0 posts has no end", facts => facts.Subscription!), ("delay", "0"), ("posts", "0")),
        new("add", TooMany, new Rule(
            "a quantity above the maximum is refused",
            "the text Quantity more than maximum, with the service's max",
            (answer, facts) => JudgeError(answer, Refusal.QuantityAbove(facts.Service!.Max), "quantity", "max", "link")))
        {
            Unasked = new(Outcome.Skip, "there is no service whose maximum a balance could not pay"),
        },
    ];

    /// <summary>A call of an action with its parameters.</summary>
    public static Func<ConformanceState, Question?> Ask(string action, params (string Name, string Value)[] fields) =>
        _ => new([("action", action), .. fields]);

    /// <summary>An order of the chosen service; none where no service fits.</summary>
    public static Func<ConformanceState, Question?> Add(params (string Name, string Value)[] fields) => facts =>
        facts.Service is { } service ? new([("action", "add"), ("service", Text(service.Id)), .. fields]) : null;

    public static Rule QuantityBelow(string name, Func<ConformanceState, OfferedService>? service = null) => new(
        name,
        "the text Quantity less than minimal, with the service's min",
        (answer, facts) => JudgeError(
            answer, Refusal.QuantityBelow((service?.Invoke(facts) ?? facts.Service!).Min), "quantity", "min", "link"));

    /// <summary>An amount as this market writes it; null when it is none.</summary>
    public static Money? MoneyOf(JsonElement value) =>
        Money.TryParse(Values.PlainText(value), out var money) ? money : null;

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A subscription of too few, as some panels ask for it; refused for that reason where it is understood.</summary>
    private static Probe Subscribe(Rule rule, params (string Name, string Value)[] fields) => new(
        "add",
        facts => facts.Subscription is { } service
            ? new([("action", "add"), ("service", Text(service.Id)), ("username", $"conform-{facts.Tag}"), ("min", "0"), ("max", "0"), .. fields])
            : null,
        rule)
    {
        IsExtension = true,
        Unasked = new(Outcome.Skip, "there is no service of type Subscriptions to ask about"),
    };

    /// <summary>More than the maximum, and more than the balance pays: even a panel without a maximum refuses it.</summary>
    private static Question? TooMany(ConformanceState facts) =>
        facts is { Service: { Max: < int.MaxValue } service, BalanceBefore: { } balance } && service.IsBeyond(balance, int.MaxValue)
            ? Add(("link", facts.Link), ("quantity", Text(int.MaxValue)))(facts)
            : null;

    /// <summary>Order 1 can be the caller's own, on a young panel.</summary>
    private static CheckOutcome ServedOrRefused(JsonElement answer) =>
        Values.Status(Values.At(answer, "status")).Outcome == Outcome.Fail
            ? JudgeError(answer, Refusal.IncorrectOrder, "order")
            : CheckOutcome.Pass;

    private static string[] UnknownIds(int count) =>
        [.. Enumerable.Range(0, count).Select(at => Text(int.MaxValue - at))];
}
