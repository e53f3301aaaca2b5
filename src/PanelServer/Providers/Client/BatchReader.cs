using System.Text.Json;
using PanelServer.Domain.Providers;

namespace PanelServer.Providers.Client;

/// <summary>How the items of a batch can be told.</summary>
/// <param name="Ids">Under which names an item carries its id, the surest first.</param>
/// <param name="Fields">Names that only an item has, and never an error.</param>
internal sealed record ItemNames(IReadOnlyList<string> Ids, IReadOnlyList<string> Fields)
{
    public static readonly ItemNames Orders =
        new(["order", "order_id", "id"], ["charge", "remains", "start_count", "start_counter", "currency"]);

    public static readonly ItemNames Refills = new(["refill", "refill_id", "id"], []);
}

/// <summary>
/// Finds what an answer says of each id that was asked for: in an object by id, in a list of items that carry their id, or
/// flat, when one was asked. Other ids are passed over, and so is an id of which two things are said.
/// </summary>
internal sealed class BatchReader
{
    private static readonly string[] Wrappers = ["data", "result", "orders", "refills", "response", "order", "refill"];

    private readonly IReadOnlyList<string> _asked;
    private readonly ItemNames _names;
    private readonly Dictionary<string, string> _exact;
    private readonly Dictionary<string, string> _trimmed;
    private readonly Dictionary<string, JsonElement> _items = [];
    private readonly HashSet<string> _contradicted = [];
    private bool _isWithin;

    private BatchReader(IReadOnlyList<string> asked, ItemNames names)
    {
        _asked = asked;
        _names = names;
        _exact = asked.Distinct().ToDictionary(id => id);
        _trimmed = asked.DistinctBy(id => id.Trim()).ToDictionary(id => id.Trim());
    }

    /// <summary>The items by the ids as they were asked for. An id of which nothing is said is not among them.</summary>
    public static ParseResult<Dictionary<string, JsonElement>> Items(JsonResponse answer, IReadOnlyList<string> asked, ItemNames names)
    {
        answer = answer.Mended();
        if (ParseFailure.Of(answer, out var json) is { } unread)
        {
            // With an HTTP status that refuses, its errors for single ids count, and nothing else.
            return answer.IsRefusal && unread.Objection is null && json.ValueKind is JsonValueKind.Array or JsonValueKind.Object
                && ErrorsOnly(Read(answer, json, asked, names)) is { Count: > 0 } errors ? errors : unread;
        }

        return Read(answer, json, asked, names);
    }

    private static Dictionary<string, JsonElement> ErrorsOnly(ParseResult<Dictionary<string, JsonElement>> items) =>
        (items.Value ?? []).Where(item => ProviderError.UnderError(item.Value) is not null).ToDictionary();

    private static ParseResult<Dictionary<string, JsonElement>> Read(JsonResponse answer, JsonElement json, IReadOnlyList<string> asked, ItemNames names)
    {
        var reader = new BatchReader(asked, names);
        return json.ValueKind switch
        {
            JsonValueKind.Array => reader.OfList(json),
            JsonValueKind.Object => reader.OfObject(answer, json),
            _ => new ParseFailure("the answer is neither an object nor a list"),
        };
    }

    private ParseResult<Dictionary<string, JsonElement>> OfList(JsonElement list)
    {
        var hasIds = false;
        foreach (var item in list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object))
        {
            var named = IdIn(item);
            hasIds |= named is not null;
            Add(named ?? (_asked.Count == 1 && list.GetArrayLength() == 1 ? _asked[0] : null), item);
        }

        return hasIds || _items.Count > 0 || list.GetArrayLength() == 0 ? Found() : new ParseFailure("the list has no items with ids");
    }

    private ParseResult<Dictionary<string, JsonElement>> OfObject(JsonResponse answer, JsonElement json)
    {
        foreach (var property in json.EnumerateObject().Where(property => IsItem(property.Value)))
        {
            Add(property.Name, property.Value);
        }

        if (_items.Count > 0 || _contradicted.Count > 0)
        {
            return Found();
        }

        // A truth value under "status" is a flag of the call, and no state; so is "success" beside what holds the state.
        var within = json.Under(Wrappers) is { ValueKind: JsonValueKind.Array or JsonValueKind.Object } wrapped && !wrapped.IsBlank() ? wrapped : (JsonElement?)null;
        var isFlat = (json.Under("status") is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) } state
                && !(within is not null && state.Flag() == true))
            || json.Under(_names.Fields) is not null;
        var complaint = ProviderError.Of(json);
        if (complaint is not null
            && (ProviderError.UnderError(json) is not null || !isFlat || IsOnlyComplaint(json, complaint)))
        {
            return ParseFailure.Said(answer, complaint);
        }

        if (isFlat)
        {
            // Told apart only by the surest name: "id" may be anything.
            var named = json.Under(_names.Ids[0])?.Text();
            if (named is null && _asked.Count != 1)
            {
                // It tells of one where many were asked about: about each alone it may tell, too.
                return new ParseFailure(
                    "the answer to many does not say which one it is about",
                    json.Under("status")?.Text() is null ? null : RejectionReason.Request);
            }

            if (named is not null && Asked(named) is null)
            {
                return new ParseFailure("the answer does not say which one it is about");
            }

            Add(named ?? _asked[0], json);
            return Found();
        }

        // What is wrapped once is what it would be without.
        if (!_isWithin && within is { } inner)
        {
            _isWithin = true;
            return inner.ValueKind == JsonValueKind.Array ? OfList(inner) : OfObject(answer, inner);
        }

        return json.EnumerateObject().All(property => property.Value.ValueKind == JsonValueKind.Object)
            ? Found()
            : new ParseFailure("the answer says nothing of what was asked");
    }

    // "status" is a flag here, and not the state of what was asked for.
    private bool IsOnlyComplaint(JsonElement json, ProviderError complaint) =>
        complaint.IsClear && json.Under(_names.Fields) is null && json.Under(_names.Ids) is null;

    private static bool IsItem(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.String;

    private string? IdIn(JsonElement item) =>
        _names.Ids.Select(name => item.Under(name)?.Text()).FirstOrDefault(id => id is not null);

    private string? Asked(string id) => _exact.GetValueOrDefault(id) ?? _trimmed.GetValueOrDefault(id.Trim());

    private void Add(string? id, JsonElement item)
    {
        if (id is not null && Asked(id) is { } asked
            && !_items.TryAdd(asked, item) && !JsonElement.DeepEquals(_items[asked], item))
        {
            _contradicted.Add(asked);
        }
    }

    private Dictionary<string, JsonElement> Found()
    {
        foreach (var id in _contradicted)
        {
            _items.Remove(id);
        }

        return _items;
    }
}
