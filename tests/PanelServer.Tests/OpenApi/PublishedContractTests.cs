using System.Text.Json.Nodes;
using PanelServer.Domain.Catalogue;

namespace PanelServer.Tests.OpenApi;

/// <summary>What must hold in each of the published files.</summary>
public abstract class PublishedContractTests
{
    private readonly ContractDocument _document;
    private readonly Func<ServiceType, string> _wireName;

    private protected PublishedContractTests(string file, Func<ServiceType, string> wireName)
    {
        _document = ContractDocument.Load(file);
        _wireName = wireName;
    }

    private IEnumerable<Example> Successes => _document.Examples.Where(example => !example.Fails);

    [Fact]
    public void Every_example_has_a_partner() => Assert.Empty(_document.Unpaired);

    [Fact]
    public void Every_answer_fits_its_schema() =>
        Assert.All(_document.Examples.Select(example => example.Response).Where(response => response.Answer is not null),
            response => Assert.Null(_document.Schemas.Complaint(response.Answer, response.Schema!)));

    [Fact]
    public void Every_request_that_succeeds_fits_its_schema()
    {
        var schema = _document.Schema("Request");
        Assert.All(Successes, example => Assert.Null(_document.Schemas.Complaint(example.Request.Fields, schema)));
    }

    [Fact]
    public void Every_action_has_an_example() =>
        Assert.All(_document.Schema("Request")["oneOf"]!.AsArray(), action =>
            Assert.Contains(Successes, example => _document.Schemas.Complaint(example.Request.Fields, action!) is null));

    [Fact]
    public void Every_error_that_can_be_provoked_has_an_example()
    {
        var shown = _document.Examples.SelectMany(example => ErrorsIn(example.Response.Answer)).ToList();
        Assert.All(_document.Errors.Where(row => row["x-no-example"] is null), row =>
            Assert.Contains(shown, text => _document.Schemas.Complaint(text, row) is null));
    }

    [Fact]
    public void Every_service_type_is_described_with_its_fields()
    {
        var described = from type in _document.Schema("AddRequest")["anyOf"]!.AsArray()
                        let needed = type!["required"]!.AsArray().Select(name => $"{name}").ToList()
                        let optional = type["properties"]!.AsObject().Select(field => field.Key).Except(needed)
                        select Line($"{type["title"]}", needed, optional);
        var known = from type in ServiceType.All
                    select Line(_wireName(type), type.Required.Select(Name), type.Optional.Select(Name));
        Assert.Equal(known.Order(), described.Order());
    }

    [Fact]
    public void Every_service_type_has_an_order_as_example()
    {
        var lists = Successes.Select(example => example.Response.Answer).OfType<JsonArray>();
        var catalogue = lists.MaxBy(list => list.Count)!;
        var types = catalogue.ToDictionary(service => $"{service!["service"]}", service => $"{service!["type"]}");
        var ordered = from example in Successes
                      where $"{example.Request.Fields["action"]}" == "add"
                      select types[$"{example.Request.Fields["service"]}"];
        Assert.Empty(ServiceType.All.Select(_wireName).Except(ordered));
    }

    private protected static TheoryData<string, string> NamesIn(string file)
    {
        var names = new TheoryData<string, string>();
        foreach (var example in ContractDocument.Load(file).Examples)
        {
            names.Add(example.Request.Door.Method, example.Name);
        }

        return names;
    }

    private protected Task CarryOutAsync(string method, string name)
    {
        var wanted = _document.Examples.Single(example => (example.Request.Door.Method, example.Name) == (method, name));
        return new ExampleRun(_document, wanted).CarryOutAsync();
    }

    private static string Name(OrderField field) => field.Name;

    private static string Line(string type, IEnumerable<string> needed, IEnumerable<string> optional) =>
        $"{type}: {string.Join(' ', needed.Order())} / {string.Join(' ', optional.Order())}";

    // In the older dialect an item's error may be a text by itself.
    private static IEnumerable<JsonNode> ErrorsIn(JsonNode? answer) => answer switch
    {
        JsonArray list => list.SelectMany(ErrorsIn),
        JsonObject fields => fields.SelectMany(field => ErrorsIn(field.Value)),
        JsonValue text => [text],
        _ => [],
    };
}
