using System.Text.Json;
using PanelServer.Domain;

namespace PanelServer.Conformance;

/// <summary>The kinds of rules that the tables of probes are written with.</summary>
internal static class Rules
{
    /// <summary>What a panel says that does not offer an action at all; older pages of this market lack some.</summary>
    private static readonly string[] NotOffered = ["request", "action", "not supported", "not available"];

    /// <summary>The call is refused, with this text.</summary>
    /// <param name="name">The rule's name.</param>
    /// <param name="refusal">What the contract says.</param>
    /// <param name="tolerated">Words by which a tolerant client knows this refusal; other texts with one are noted.</param>
    public static Rule Refused(string name, Refusal refusal, params string[] tolerated) =>
        new(name, ErrorOf(refusal), (answer, _) => JudgeError(answer, refusal, tolerated));

    /// <summary>The answer is an object, and no error.</summary>
    public static Rule IsObject(string name, string wanted) => new(name, wanted, (answer, _) =>
        answer.ValueKind == JsonValueKind.Object && !answer.TryGetProperty("error", out var _)
            ? CheckOutcome.Pass
            : CheckOutcome.Fail(answer.GetRawText()).AndEnd());

    /// <summary>A key of the answer holds what it must.</summary>
    public static Rule Holds(string key, string wanted, Func<JsonElement, CheckOutcome> judge) =>
        Holds($"{key} is {wanted}", key, wanted, judge);

    public static Rule Holds(string name, string key, string wanted, Func<JsonElement, CheckOutcome> judge) =>
        new(name, $"\"{key}\": {wanted}", (answer, _) => judge(Values.At(answer, key)));

    /// <summary>The answer has these keys only; clients with fixed classes break on others, tolerant ones do not.</summary>
    public static Rule HasOnly(string name, params string[] keys) =>
        new(name, string.Join(", ", keys), (answer, _) => NamesBeside(answer, keys) is { Length: > 0 } others
            ? CheckOutcome.Note($"also {others}")
            : CheckOutcome.Pass);

    /// <summary>A batch of an action that answers by an object: it has a key for each id that was asked.</summary>
    public static Rule IsKeyed(string name, params string[] ids) => new(
        name,
        $"an object with the keys {Some(ids)}",
        (answer, _) => answer.ValueKind switch
        {
            JsonValueKind.Object when ids.FirstOrDefault(id => Values.At(answer, id).ValueKind == JsonValueKind.Undefined) is not { } missing =>
                CheckOutcome.Pass,
            JsonValueKind.Array when answer.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object) && answer.GetArrayLength() > 0 =>
                CheckOutcome.Note(answer.GetRawText()).AndEnd(),
            _ => CheckOutcome.Fail(answer.GetRawText()).AndEnd(),
        });

    /// <summary>Each of these ids of a batch has its own error. The plain text instead of an object is tolerated.</summary>
    public static Rule KeyedErrors(string name, Refusal refusal, string tolerated, params string[] ids) => new(
        name,
        $"\"{ids[0]}\":{ErrorOf(refusal)}",
        (answer, _) => CheckOutcome.WorstOf(ids.Select(id => ($"\"{id}\"", JudgeItemError(Values.At(answer, id), refusal, tolerated)))));

    /// <summary>A batch of an action that answers by an array: an item for each id, in the order of the call.</summary>
    /// <param name="name">The rule's name.</param>
    /// <param name="idKey">The key of an item that names the id.</param>
    /// <param name="ids">What was asked.</param>
    public static Rule IsListed(string name, string idKey, Func<ConformanceState, IReadOnlyList<string>> ids) => new(
        name,
        $"an array with an item for each id, in the order of the call, such as [{{\"{idKey}\":1,…}}]",
        (answer, facts) =>
            answer.ValueKind == JsonValueKind.Array
            && answer.EnumerateArray().Select(item => Values.PlainText(Values.At(item, idKey))).SequenceEqual(ids(facts))
                ? CheckOutcome.Pass
            : IsNotOffered(answer) ? CheckOutcome.Note(answer.GetRawText()).AndEnd()
            : CheckOutcome.Fail(answer.GetRawText()).AndEnd());

    /// <summary>In an array, items name their ids by numbers.</summary>
    public static Rule ListedIds(string idKey) => new(
        $"items name their {idKey} by a number",
        $"\"{idKey}\":1",
        (answer, _) => CheckOutcome.WorstOf(answer.EnumerateArray().Select(item => (item.GetRawText(), Values.Id(Values.At(item, idKey))))));

    /// <summary>In an array, an item has its own error in the place of its value.</summary>
    /// <param name="name">The rule's name.</param>
    /// <param name="id">The item's id, as it was asked.</param>
    /// <param name="idKey">The key of an item that names the id.</param>
    /// <param name="key">The key of an item that holds the value, or the error.</param>
    /// <param name="refusal">What the contract says.</param>
    /// <param name="tolerated">Words by which a tolerant client knows this refusal.</param>
    public static Rule ListedError(string name, string id, string idKey, string key, Refusal refusal, params string[] tolerated) => new(
        name,
        $"\"{key}\":{ErrorOf(refusal)}",
        (answer, _) =>
        {
            var item = ItemOf(answer, idKey, id);
            var value = Values.At(item, key);
            return value.ValueKind == JsonValueKind.Undefined && ErrorIn(item) is not null
                ? CheckOutcome.Note(item.GetRawText())
                : JudgeItemError(value, refusal, tolerated);
        });

    /// <summary>The item of an array that is about an id; of kind Undefined when there is none.</summary>
    public static JsonElement ItemOf(JsonElement answer, string idKey, string id) =>
        answer.ValueKind == JsonValueKind.Array
            ? answer.EnumerateArray().FirstOrDefault(item => Values.PlainText(Values.At(item, idKey)) == id)
            : default;

    /// <summary>The text of an error; null when the answer is none.</summary>
    public static string? ErrorIn(JsonElement answer) =>
        Values.At(answer, "error") is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>The names of an object's keys beside these, separated by commas.</summary>
    public static string NamesBeside(JsonElement item, params string[] keys) => string.Join(
        ", ", item.EnumerateObject().Select(property => property.Name).Except(keys));

    public static string ErrorOf(Refusal refusal) => $$"""{"error":"{{ContractTexts.Of(refusal)}}"}""";

    /// <summary>An error with this text, or with another that a tolerant client knows.</summary>
    public static CheckOutcome JudgeError(JsonElement answer, Refusal refusal, params string[] tolerated) =>
        ErrorIn(answer) is not { } text ? CheckOutcome.Fail(Values.Raw(answer))
        : text == ContractTexts.Of(refusal) ? CheckOutcome.Pass
        : IsLike(text, [ContractTexts.Of(refusal), .. tolerated]) ? CheckOutcome.Note(answer.GetRawText())
        : CheckOutcome.Fail(answer.GetRawText());

    private static CheckOutcome JudgeItemError(JsonElement item, Refusal refusal, params string[] tolerated) =>
        item.ValueKind != JsonValueKind.String ? JudgeError(item, refusal, tolerated)
        : IsLike(item.GetString()!, [ContractTexts.Of(refusal), .. tolerated]) ? CheckOutcome.Note(item.GetRawText())
        : CheckOutcome.Fail(item.GetRawText());

    private static bool IsNotOffered(JsonElement answer) => ErrorIn(answer) is { } text && IsLike(text, [.. NotOffered, "order", "refill"]);

    private static bool IsLike(string text, string[] words) =>
        words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static string Some(string[] ids) => ids.Length <= 3 ? string.Join(", ", ids) : $"{ids[0]} … {ids[^1]}";
}
