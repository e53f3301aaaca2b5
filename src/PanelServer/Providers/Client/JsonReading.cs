using System.Text.Json;

namespace PanelServer.Providers.Client;

/// <summary>What an element says, whichever of the usual ways it says it in.</summary>
internal static class JsonReading
{
    /// <summary>
    /// The value under a name, in any case where none is written as this; null when there is none, or it is null.
    /// </summary>
    public static JsonElement? Under(this JsonElement json, string name)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (!json.TryGetProperty(name, out var value))
        {
            foreach (var property in json.EnumerateObject())
            {
                if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    value = property.Value;
                    break;
                }
            }
        }

        return value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null : value;
    }

    /// <summary>The value under the first of some names that is there.</summary>
    public static JsonElement? Under(this JsonElement json, IEnumerable<string> names) =>
        names.Select(name => json.Under(name)).FirstOrDefault(value => value is not null);

    /// <summary>A text, or a number as it is written; null for anything else.</summary>
    public static string? Text(this JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.GetRawText(),
        _ => null,
    };

    /// <summary>Yes or no, if it is one of the ways to say it.</summary>
    public static bool? Flag(this JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => json.Text()?.Trim().ToLowerInvariant() switch
        {
            "1" or "true" or "yes" or "success" or "ok" => true,
            "0" or "false" or "no" or "fail" or "failed" or "failure" or "error" => false,
            _ => null,
        },
    };

    /// <summary>Nothing, in any of the ways to say it.</summary>
    public static bool IsBlank(this JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False or JsonValueKind.Undefined => true,
        JsonValueKind.String => string.IsNullOrWhiteSpace(json.GetString()),
        JsonValueKind.Array => json.GetArrayLength() == 0,
        JsonValueKind.Object => json.GetPropertyCount() == 0,
        JsonValueKind.Number => json.GetRawText() == "0",
        JsonValueKind.True => false,
    };
}
