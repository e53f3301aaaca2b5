using System.Text.Json;

namespace PanelServer.Providers.Client;

/// <summary>A no, as somebody said it.</summary>
/// <param name="Words">What it said.</param>
/// <param name="IsClear">It is a no for certain: there are words for it, and nothing says yes as well.</param>
internal sealed record ProviderError(string Words, bool IsClear)
{
    private const int MaxParts = 10;

    private static readonly string[] ErrorNames = ["error", "errors"];
    private static readonly string[] WordNames = ["message", "msg", "text", "error", "error_message", "description", "detail"];
    private static readonly string[] FlagNames = ["status", "success"];

    // What a program writes under "error" when it means none, or does not know what it means.
    private static readonly string[] NoWords = ["0", "false", "no", "none", "null", "nil", "undefined", "ok", "success", "[]", "{}"];

    /// <summary>Finds a no in an object: under <c>error</c> or <c>errors</c>, or as a flag with or without words.</summary>
    public static ProviderError? Of(JsonElement said)
    {
        if (UnderError(said) is { } words)
        {
            return new(words, IsNo(words) && !IsAcceptance(said));
        }

        if (!IsRejection(said))
        {
            return null;
        }

        words = WordsIn(said) ?? (said.Under("data") is { } data ? WordsIn(data) : null);
        return words is null ? new("it says no without a reason", false) : new(words, !IsAcceptance(said));
    }

    /// <summary>The words under <c>error</c> or <c>errors</c>; null when there are none. A flag is not looked at.</summary>
    public static string? UnderError(JsonElement said)
    {
        foreach (var name in ErrorNames)
        {
            if (said.Under(name) is { } error && !error.IsBlank())
            {
                return (IsOnlyFlag(error) ? WordsBeside(said) : null)
                    ?? WordsOf(error)
                    ?? $"{name}: {error.GetRawText()}";
            }
        }

        return null;
    }

    /// <summary>A flag says explicitly that it succeeded.</summary>
    public static bool IsAcceptance(JsonElement said) => Flags(said).Contains(true);

    private static bool IsRejection(JsonElement said) => Flags(said).Contains(false);

    // A number under "status" is a code of which nobody knows the list.
    private static IEnumerable<bool?> Flags(JsonElement said) =>
        from name in FlagNames
        let flag = said.Under(name)
        select name == "status" && flag?.ValueKind == JsonValueKind.Number ? null : flag?.Flag();

    // "error": 1 or "error": "true" says that there is one, and its words stand beside it.
    private static bool IsOnlyFlag(JsonElement error) =>
        error.ValueKind is JsonValueKind.True or JsonValueKind.Number
        || (error.ValueKind == JsonValueKind.String && error.Flag() is not null && (error.Flag() == true || IsNo(error.GetString()!)));

    private static string? WordsBeside(JsonElement said) => WordNames
        .Where(name => !ErrorNames.Contains(name))
        .Select(name => said.Under(name) is { } value ? WordsOf(value) : null)
        .FirstOrDefault(words => words is not null);

    private static bool IsNo(string words) => !NoWords.Contains(words.Trim(), StringComparer.OrdinalIgnoreCase);

    private static string? WordsIn(JsonElement said) =>
        WordNames
            .Select(name => said.Under(name) is { } value ? WordsOf(value) : null)
            .FirstOrDefault(words => words is not null);

    private static string? WordsOf(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return string.IsNullOrWhiteSpace(value.GetString()) ? null : value.GetString();
            case JsonValueKind.Object:
                return WordsIn(value);
            case JsonValueKind.Array:
                var parts = value.EnumerateArray().Take(MaxParts).Select(WordsOf).OfType<string>().ToArray();
                return parts.Length == 0 ? null : string.Join("; ", parts);
            default:
                return null;
        }
    }
}
