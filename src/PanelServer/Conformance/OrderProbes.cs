using System.Text.Json;
using PanelServer.Domain;
using static PanelServer.Conformance.ReadingProbes;
using static PanelServer.Conformance.Rules;

namespace PanelServer.Conformance;

/// <summary>
/// What the contract says about a real order: the smallest one of a service is placed, looked at from all sides, and asked
/// to be canceled at the end. It is placed a second time where a panel does not know idempotency keys.
/// </summary>
internal static class OrderProbes
{
    private const string Unknown = "2147483647";

    private static readonly string[] StatusKeys = ["charge", "start_count", "status", "remains", "currency"];

    private static readonly CheckOutcome NoOrder = new(Outcome.Open, "no order was placed");

    public static readonly IReadOnlyList<Probe> All =
    [
        new("add", facts => facts.Service is { Min: > 1 } service
                ? Add(("link", facts.Link), ("quantity", Text(service.Min - 1)))(facts)
                : null,
            QuantityBelow("one below the minimum is too small"))
        {
            Unasked = new(Outcome.Skip, "the minimum is 1"),
        },

        new("add", Smallest,
            IsObject("an order is taken", """{"order":23501}"""),
            Holds("order is a number, at most 2147483647", "order", "23501", Values.Id),
            HasOnly("nothing else is said", "order"))
        {
            Learn = (answer, facts) => facts.Order = OrderOf(answer),
        },

        Of("status", facts => [("order", Text(facts.Order!.Value))],
            IsObject("the answer is an object", """{"charge":"0.27819","start_count":"0","status":"Pending","remains":"50","currency":"USD"}"""),
            Holds("charge is a string with five decimals", "charge", "\"0.04500\"", Values.Amount),
            new("charge is rate × quantity / 1000, rounded up", "rate × quantity / 1000, rounded up to 0.00001", ChargeIsRight),
            Holds("start_count is a string with an integer", "start_count", "\"0\"", Values.IntegerText),
            Holds("status is one of the six states", "status", "\"Pending\"", Values.Status),
            Holds("remains is a string with an integer", "remains", "\"50\"", Values.IntegerText),
            // The older dialect has no currency here.
            Holds("currency is an ISO 4217 code", "currency", "\"USD\"", value =>
                value.ValueKind == JsonValueKind.Undefined ? CheckOutcome.Note("no such key") : Values.CurrencyCode(value)),
            HasOnly("nothing else is said", StatusKeys))
            with
        {
            Learn = (answer, facts) => facts.Charge = MoneyOf(Values.At(answer, "charge")),
        },

        Of("balance", _ => [],
            new Rule("it fell by the charge of the order", "the balance before, less the charge", BalanceFell)),

        Of("status", facts => [("orders", $"{Text(facts.Order!.Value)},{Unknown}")],
            new Rule("many: an own order is answered as if asked alone", """{"23501":{"charge":…,"status":…},…}""", (answer, facts) =>
                Values.At(answer, Text(facts.Order!.Value)) is { ValueKind: JsonValueKind.Object } own && own.TryGetProperty("status", out _)
                    ? CheckOutcome.Pass
                    : CheckOutcome.Fail(answer.GetRawText()).AndEnd()),
            KeyedErrors("many: beside it an unknown id has its own error", Refusal.IncorrectOrder, "order", Unknown)),

        new("add", facts => facts.Order is null ? null : Smallest(facts), new Rule(
            "the same request_id is the same order",
            "the order of the first call",
            (answer, facts) => OrderOf(answer) == facts.Order ? CheckOutcome.Pass : CheckOutcome.Note(answer.GetRawText())))
        {
            IsExtension = true,
            Unasked = NoOrder,
            Learn = (answer, facts) => facts.Repeated = OrderOf(answer) is { } id && id != facts.Order ? id : null,
        },

        Of("refill", facts => [("order", Text(facts.Order!.Value))], new Rule(
            "a new order has no refill yet, or gets one by a string",
            ErrorOf(Refusal.RefillNotAvailable),
            (answer, _) => RefillOrError(answer, Values.At(answer, "refill"), Values.IdText))),
        Of("refill", facts => [("orders", $"{Text(facts.Order!.Value)},{Unknown}")],
            IsListed("many: an item for the own order and one for the unknown", "order", facts => [Text(facts.Order!.Value), Unknown]),
            new Rule("many: the own order has an error or a number", """{"order":23501,"refill":{"error":"Refill not available"}}""", (answer, facts) =>
                ItemOf(answer, "order", Text(facts.Order!.Value)) is var item && Values.At(item, "refill") is var refill
                    ? RefillOrError(refill.ValueKind == JsonValueKind.Undefined ? item : refill, refill, Values.Id)
                    : CheckOutcome.Fail(answer.GetRawText())),
            ListedError("many: the unknown one has its own error", Unknown, "order", "refill", Refusal.IncorrectOrder, "order", "refill")),

        Of("cancel", facts => [("orders", string.Join(',', Canceled(facts)))],
            IsListed("an item for each order and one for the unknown", "order", Canceled),
            new Rule("the own order has 1, or says why not", """{"order":23501,"cancel":1}""", (answer, facts) =>
                JudgeCancel(ItemOf(answer, "order", Text(facts.Order!.Value)))),
            ListedError("the unknown one has its own error", Unknown, "order", "cancel", Refusal.IncorrectOrder, "order", "cancel")),

        Of("status", facts => [("order", Text(facts.Order!.Value))],
            Holds("status is one of the six states after the cancellation", "status", "\"Canceled\"", Values.Status),
            new Rule("a canceled order has cost nothing", "\"charge\":\"0.00000\"", (answer, _) =>
                Values.PlainText(Values.At(answer, "status")).Equals("Canceled", StringComparison.OrdinalIgnoreCase)
                && MoneyOf(Values.At(answer, "charge")) != Money.Zero
                    ? CheckOutcome.Fail(answer.GetRawText())
                    : CheckOutcome.Pass)),
    ];

    /// <summary>A call about the order that was placed.</summary>
    private static Probe Of(string action, Func<ConformanceState, (string Name, string Value)[]> fields, params Rule[] rules) =>
        new(action, facts => facts.Order is null ? null : new([("action", action), .. fields(facts)]), rules) { Unasked = NoOrder };

    private static Question? Smallest(ConformanceState facts) =>
        Add(("link", facts.Link), ("quantity", Text(facts.Service?.Min ?? 0)), ("request_id", $"conform-{facts.Tag}"))(facts);

    private static int? OrderOf(JsonElement answer) =>
        WireText.TryId(Values.PlainText(Values.At(answer, "order")), out var id) ? id : null;

    private static IReadOnlyList<string> Canceled(ConformanceState facts) =>
        [.. facts.Placed.Select(Text), Unknown];

    private static CheckOutcome ChargeIsRight(JsonElement answer, ConformanceState facts)
    {
        var charge = Values.At(answer, "charge");
        return MoneyOf(charge) is { } amount
            ? JudgeSum(amount, facts.Service!.Least, $"{Values.Raw(charge)} for {facts.Service.Least}", charge)
            : new(Outcome.Open, "the charge could not be read");
    }

    private static CheckOutcome BalanceFell(JsonElement answer, ConformanceState facts)
    {
        var balance = Values.At(answer, "balance");
        return facts is { BalanceBefore: { } before, Charge: { } charge } && MoneyOf(balance) is { } after
            ? JudgeSum(before - after, charge, $"{before} before, {after} after, charge {charge}", balance)
            : new(Outcome.Open, "balance or charge could not be read");
    }

    /// <summary>Panels that show fewer decimals may be off by one of their last.</summary>
    private static CheckOutcome JudgeSum(Money sum, Money right, string got, JsonElement shown)
    {
        var step = (long)Math.Pow(10, Math.Max(Money.Decimals - Values.DecimalsOf(shown), 0));
        return sum == right ? CheckOutcome.Pass
            : step > 1 && Math.Abs(sum.Units - right.Units) <= step ? CheckOutcome.Note(got)
            : CheckOutcome.Fail(got);
    }

    /// <summary>How a refusal is worded is nowhere agreed upon.</summary>
    private static CheckOutcome RefillOrError(JsonElement answer, JsonElement refill, Func<JsonElement, CheckOutcome> isId) =>
        ErrorIn(answer) is not { } text ? isId(refill)
        : text == ContractTexts.Of(Refusal.RefillNotAvailable) ? CheckOutcome.Pass
        : CheckOutcome.Note(answer.GetRawText());

    private static CheckOutcome JudgeCancel(JsonElement item)
    {
        var cancel = Values.At(item, "cancel");
        return cancel.ValueKind == JsonValueKind.Number && cancel.GetRawText() == "1" ? CheckOutcome.Pass
            : ErrorIn(cancel) == ContractTexts.Of(Refusal.CancelNotAvailable) ? CheckOutcome.Pass
            : ErrorIn(cancel) is not null || ErrorIn(item) is not null || Values.PlainText(cancel).Length > 0 ? CheckOutcome.Note(Values.Raw(item))
            : CheckOutcome.Fail(Values.Raw(item));
    }
}
