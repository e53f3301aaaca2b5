using System.Text.Json.Nodes;

namespace PanelServer.Tests.OpenApi;

/// <summary>
/// One OpenAPI file and the examples in it. A request example and the answer example of the same name in the same
/// operation are one <see cref="Example"/>; a GET is made of the parameters' examples of that name.
/// </summary>
internal sealed class ContractDocument
{
    private readonly JsonObject _root;

    private ContractDocument(JsonObject root)
    {
        _root = root;
        Examples = [.. Doors().SelectMany(Pair)];
    }

    public IReadOnlyList<Example> Examples { get; }

    /// <summary>What stands on one side only: a request nobody answers, an answer nobody asked for.</summary>
    public List<string> Unpaired { get; } = [];

    public SchemaCheck Schemas => new(this);

    /// <summary>The table of errors: each row is a schema of the text, with its X-Error-Code beside it.</summary>
    public IReadOnlyList<JsonObject> Errors =>
        [.. Schema("ErrorText")["oneOf"]!.AsArray().Select(error => error!.AsObject())];

    public static ContractDocument Load(string file) =>
        new(YamlFile.Load(Repository.PathOf($"openapi/{file}")));

    public JsonObject Schema(string name) => _root["components"]!["schemas"]![name]!.AsObject();

    /// <summary>The code of an error text.</summary>
    public string ErrorCode(JsonNode text) =>
        (string)Assert.Single(Errors, row => Schemas.Complaint(text, row) is null)["x-error-code"]!;

    public JsonObject Resolve(JsonNode node)
    {
        var here = node.AsObject();
        while ((string?)here["$ref"] is { } reference)
        {
            here = reference.Split('/').Skip(1).Aggregate((JsonNode)_root, (at, part) => at[part]!).AsObject();
        }

        return here;
    }

    private IEnumerable<Door> Doors() =>
        from path in _root["paths"]!.AsObject()
        from method in new[] { "get", "post" }
        where path.Value![method] is not null
        select new Door(path.Key, method.ToUpperInvariant(), path.Value[method]!.AsObject());

    private List<Example> Pair(Door door)
    {
        var parameters = Parameters(door).ToList();
        var names = parameters.Select(given => given.Name).Distinct();
        var asked = (door.Operation["requestBody"] is { } body
            ? Bodies(door, body)
            : names.Select(name => new Request(door, null, name, Steps(name)))).ToDictionary(request => request.Name);
        foreach (var (name, parameter, value) in parameters)
        {
            if (asked.TryGetValue(name, out var request))
            {
                request.Add(parameter, value);
            }
            else
            {
                Unpaired.Add($"{door.Method} {name} has a header but no request");
            }
        }

        var answered = Answers(door).ToDictionary(answer => answer.Name);
        Unpaired.AddRange(asked.Keys.Except(answered.Keys).Select(name => $"{door.Method} {name} has no answer"));
        Unpaired.AddRange(answered.Keys.Except(asked.Keys).Select(name => $"{door.Method} {name} has no request"));
        return [.. asked.Keys.Intersect(answered.Keys).Select(name => new Example(asked[name], answered[name]))];

        // Where there is no body, the example of one parameter, the action, says what must have happened before.
        JsonObject Steps(string name) =>
            parameters.Single(given => given.Name == name && $"{given.Parameter["name"]}" == "action").Example;
    }

    private static IEnumerable<Request> Bodies(Door door, JsonNode body) =>
        from content in body["content"]!.AsObject()
        from example in content.Value!["examples"]!.AsObject()
        select new Request(door, content.Key, example.Key, example.Value!.AsObject());

    private IEnumerable<(string Name, JsonObject Parameter, JsonObject Example)> Parameters(Door door) =>
        from reference in door.Operation["parameters"]!.AsArray()
        let parameter = Resolve(reference)
        from example in parameter["examples"] as JsonObject ?? []
        select (example.Key, parameter, example.Value!.AsObject());

    private IEnumerable<Response> Answers(Door door) =>
        from status in door.Operation["responses"]!.AsObject()
        let response = Resolve(status.Value!)
        let json = response["content"]?["application/json"]
        from example in json?["examples"] as JsonObject ?? response["x-examples"] as JsonObject ?? []
        select new Response(example.Key, int.Parse(status.Key, null), example.Value!.AsObject())
        {
            Schema = json?["schema"],
            Documented = Headers(response),
        };

    private Dictionary<string, bool> Headers(JsonObject response) =>
        (response["headers"] as JsonObject ?? []).ToDictionary(
            header => header.Key,
            header => (bool?)Resolve(header.Value!)["required"] ?? false,
            StringComparer.OrdinalIgnoreCase);
}

/// <summary>One method of one path.</summary>
internal sealed record Door(string Path, string Method, JsonObject Operation);
