using System.Text.Json.Nodes;

namespace PanelServer.Tests.OpenApi;

/// <summary>A documented call and what is documented to come back.</summary>
internal sealed record Example(Request Request, Response Response)
{
    public string Name => Request.Name;

    public bool Fails => Response.Answer is JsonObject answer && answer.ContainsKey("error");
}

/// <summary>The asking half of an example, with what must have happened before it.</summary>
internal sealed class Request(Door door, string? contentType, string name, JsonObject example)
{
    public string Name { get; } = name;

    public Door Door { get; } = door;

    /// <summary>Null for a query string.</summary>
    public string? ContentType { get; } = contentType;

    /// <summary>Another path or method than the door's is how 404 and 405 are shown.</summary>
    public string Path { get; } = (string?)example["x-path"] ?? door.Path;

    public string Method { get; } = (string?)example["x-method"] ?? door.Method;

    public JsonObject Fields { get; } = Filled(example);

    public Dictionary<string, string> Headers { get; } = [];

    /// <summary>Calls (their fields) and command lines, in order.</summary>
    public IReadOnlyList<JsonNode> Before { get; } = [.. Flat(example["x-before"])];

    public IReadOnlyDictionary<string, string> Settings { get; } = Texts(example["x-settings"]);

    public void Add(JsonObject parameter, JsonObject parameterExample)
    {
        var (name, value) = ($"{parameter["name"]}", parameterExample["value"]!);
        if ($"{parameter["in"]}" == "header")
        {
            Headers.Add(name, $"{value}");
        }
        else
        {
            Fields.Add(name, value.DeepClone());
        }
    }

    internal static Dictionary<string, string> Texts(JsonNode? members) =>
        (members as JsonObject ?? []).ToDictionary(
            member => member.Key, member => $"{member.Value}", StringComparer.OrdinalIgnoreCase);

    // x-fill writes a list of ids that nobody would want to read: "orders: 1-1001".
    private static JsonObject Filled(JsonObject example)
    {
        var fields = example["value"] is JsonObject value ? value.DeepClone().AsObject() : [];
        foreach (var (field, range) in Texts(example["x-fill"]))
        {
            var ends = range.Split('-').Select(end => int.Parse(end, null)).ToArray();
            fields[field] = string.Join(',', Enumerable.Range(ends[0], ends[1] - ends[0] + 1));
        }

        return fields;
    }

    // A list may hold another: an anchor with the steps that several examples share.
    private static IEnumerable<JsonNode> Flat(JsonNode? steps) =>
        steps is JsonArray list ? list.SelectMany(Flat) : steps is null ? [] : [steps];
}

/// <summary>The answering half: status, body and headers.</summary>
internal sealed class Response(string name, int status, JsonObject example)
{
    public string Name { get; } = name;

    public int Status { get; } = status;

    /// <summary>The documented body; null where there is none (304).</summary>
    public JsonNode? Answer { get; } = example["value"];

    /// <summary>When not empty, <see cref="Answer"/> shows only these members of a long answer.</summary>
    public IReadOnlyList<string> Excerpt { get; } =
        [.. (example["x-excerpt"] as JsonArray ?? []).Select(member => $"{member}")];

    /// <summary>Headers that belong to this example alone.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; } = Request.Texts(example["x-headers"]);

    /// <summary>Headers this status may carry → whether it must.</summary>
    public required IReadOnlyDictionary<string, bool> Documented { get; init; }

    public required JsonNode? Schema { get; init; }
}
