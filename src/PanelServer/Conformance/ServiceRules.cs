using System.Text.Json;
using PanelServer.Domain;

namespace PanelServer.Conformance;

/// <summary>What the contract says about the list of services, key by key (docs/contract.md, "Actions").</summary>
internal static class ServiceRules
{
    private static readonly string[] Keys =
        ["service", "name", "type", "category", "rate", "min", "max", "dripfeed", "refill", "cancel"];

    public static readonly Rule[] All =
    [
        new("the answer is an array of objects", """[{"service":1,"name":"Followers",…}]""", (answer, _) =>
            answer.ValueKind == JsonValueKind.Array && answer.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object)
                ? CheckOutcome.Pass
                : CheckOutcome.Fail(answer.GetRawText()).AndEnd()),
        Each("service is a number", "service", "1", Values.Id),
        new("no service is listed twice", "each id once", (answer, _) =>
            answer.EnumerateArray().Select(item => Values.Raw(Values.At(item, "service"))).GroupBy(id => id).FirstOrDefault(id => id.Count() > 1) is { } twice
                ? CheckOutcome.Fail($"service {twice.Key} {twice.Count()} times")
                : CheckOutcome.Pass),
        Each("name is a string", "name", "\"Followers\"", Values.Text),
        Each("type is the name of a service type", "type", "\"Default\"", Values.TypeName),
        Each("category is a string", "category", "\"First Category\"", Values.Text),
        Each("rate is a string with a decimal", "rate", "\"0.90\"", Values.Decimal),
        Each("min is a string with an integer", "min", "\"50\"", Values.IntegerText),
        Each("max is a string with an integer", "max", "\"10000\"", Values.IntegerText),
        EachItem("min is not above max", "min ≤ max", item =>
            WireText.TryInteger(Values.PlainText(Values.At(item, "min")), out var min)
            && WireText.TryInteger(Values.PlainText(Values.At(item, "max")), out var max)
            && min > max
                ? CheckOutcome.Fail($"min {min}, max {max}")
                : CheckOutcome.Pass),
        Each("dripfeed is a boolean, or not there", "dripfeed", "true", OrAbsent(Values.Flag, CheckOutcome.Pass)),
        // Older pages do without refill and cancel.
        Each("refill is a boolean", "refill", "true", OrAbsent(Values.Flag, CheckOutcome.Note("no such key"))),
        Each("cancel is a boolean", "cancel", "true", OrAbsent(Values.Flag, CheckOutcome.Note("no such key"))),
        EachItem("nothing else is said", string.Join(", ", Keys), item =>
            Rules.NamesBeside(item, Keys) is { Length: > 0 } others ? CheckOutcome.Note($"also {others}") : CheckOutcome.Pass),
    ];

    private static Rule Each(string name, string key, string wanted, Func<JsonElement, CheckOutcome> judge) =>
        EachItem(name, $"\"{key}\":{wanted}", item => judge(Values.At(item, key)));

    private static Rule EachItem(string name, string wanted, Func<JsonElement, CheckOutcome> judge) => new(name, wanted, (answer, _) =>
        CheckOutcome.WorstOf(answer.EnumerateArray()
            .Select(item => (Item: item, Verdict: judge(item)))
            .Where(judged => judged.Verdict.Outcome != Outcome.Pass)
            .Select(judged => ($"service {Values.Raw(Values.At(judged.Item, "service"))}", judged.Verdict))));

    private static Func<JsonElement, CheckOutcome> OrAbsent(Func<JsonElement, CheckOutcome> judge, CheckOutcome absent) =>
        value => value.ValueKind == JsonValueKind.Undefined ? absent : judge(value);
}
