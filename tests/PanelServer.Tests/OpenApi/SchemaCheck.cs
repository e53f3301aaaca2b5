using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PanelServer.Tests.OpenApi;

/// <summary>
/// As much of JSON Schema as the contract's files use. A keyword it does not know is a complaint too, so that none can
/// stand there in vain.
/// </summary>
internal sealed class SchemaCheck(ContractDocument document)
{
    private static readonly HashSet<string> Remarks = ["title", "description"];

    /// <summary>Null when the value fits, else what is wrong with it.</summary>
    public string? Complaint(JsonNode? value, JsonNode schemaOrReference)
    {
        var schema = document.Resolve(schemaOrReference);
        return First(schema, keyword => Complaint(value, schema, keyword.Key, keyword.Value!));
    }

    private string? Complaint(JsonNode? value, JsonObject schema, string keyword, JsonNode rule) => keyword switch
    {
        "type" => Unless(Types(rule).Any(type => Is(value, type)), $"is not {rule}"),
        "const" => Unless(JsonNode.DeepEquals(value, rule), $"is not {rule}"),
        "enum" => Unless(rule.AsArray().Any(allowed => JsonNode.DeepEquals(value, allowed)), $"is none of {rule}"),
        "pattern" => Unless(!Is(value, "string") || Regex.IsMatch((string)value!, $"{rule}"), $"does not match {rule}"),
        "minimum" => Unless(!Is(value, "integer") || (long)value! >= (long)rule, $"is below {rule}"),
        "maximum" => Unless(!Is(value, "integer") || (long)value! <= (long)rule, $"is above {rule}"),
        "minLength" => Unless(!Is(value, "string") || ((string)value!).Length >= (int)rule, $"is shorter than {rule}"),
        "maxLength" => Unless(!Is(value, "string") || ((string)value!).Length <= (int)rule, $"is longer than {rule}"),
        "minItems" => Unless(value is not JsonArray list || list.Count >= (int)rule, $"has fewer than {rule} items"),
        "items" => First(value as JsonArray ?? [], item => Complaint(item, rule)),
        "required" => First(rule.AsArray(), name => Unless(Has(value, $"{name}"), $"lacks {name}")),
        "properties" => First(Fields(value), field => Under(field, rule[field.Key])),
        "additionalProperties" => First(
            Fields(value).Where(field => schema["properties"]?[field.Key] is null),
            field => rule is JsonObject ? Under(field, rule) : $"{field.Key} is not known"),
        "anyOf" => Unless(Fitting(value, rule) > 0, $"fits none: {Complaints(value, rule)}"),
        "oneOf" => Unless(Fitting(value, rule) == 1, $"fits {Fitting(value, rule)}: {Complaints(value, rule)}"),
        _ => Unless(Remarks.Contains(keyword) || keyword.StartsWith("x-", StringComparison.Ordinal), $"meets {keyword}"),
    };

    private int Fitting(JsonNode? value, JsonNode choices) =>
        choices.AsArray().Count(choice => Complaint(value, choice!) is null);

    private string Complaints(JsonNode? value, JsonNode choices) =>
        string.Join(" / ", choices.AsArray().Select(choice => Complaint(value, choice!)).Distinct());

    private string? Under(KeyValuePair<string, JsonNode?> field, JsonNode? schema) =>
        schema is not null && Complaint(field.Value, schema) is { } complaint ? $"{field.Key} {complaint}" : null;

    private static IEnumerable<string> Types(JsonNode rule) =>
        rule is JsonArray types ? types.Select(type => $"{type}") : [$"{rule}"];

    private static JsonObject Fields(JsonNode? value) => value as JsonObject ?? [];

    private static bool Has(JsonNode? value, string name) => value is not JsonObject fields || fields.ContainsKey(name);

    private static bool Is(JsonNode? value, string type) => value?.GetValueKind() switch
    {
        null => type == "null",
        JsonValueKind.Object => type == "object",
        JsonValueKind.Array => type == "array",
        JsonValueKind.String => type == "string",
        JsonValueKind.True or JsonValueKind.False => type == "boolean",
        _ => type == "integer" && !value.ToJsonString().Contains('.', StringComparison.Ordinal),
    };

    private static string? Unless(bool fine, string complaint) => fine ? null : complaint;

    private static string? First<T>(IEnumerable<T> parts, Func<T, string?> complaint) =>
        parts.Select(complaint).FirstOrDefault(found => found is not null);
}
