using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace PanelServer.Bench;

/// <summary>Each says what is wrong with an answer, or null when it is the success it should be.</summary>
internal static class Checks
{
    private static readonly string[] StateKeys = ["charge", "start_count", "status", "remains", "currency"];

    public static string? Balance(Answer answer) =>
        Object(answer, root => root.TryGetProperty("balance", out _) && root.TryGetProperty("currency", out _));

    public static string? Add(Answer answer) => Object(answer, root => root.TryGetProperty("order", out _));

    public static string? State(Answer answer) => Object(answer, IsState);

    public static Func<Answer, string?> States(int count) => answer => Object(answer,
        root => root.EnumerateObject().Count() == count && root.EnumerateObject().All(state => IsState(state.Value)));

    public static Func<Answer, string?> CompressedServices(int count) => answer =>
    {
        if (answer.Status != 200 || answer.Encoding != "br")
        {
            return Describe(answer);
        }
        try
        {
            using var brotli = new BrotliStream(new MemoryStream(answer.Body), CompressionMode.Decompress);
            using var json = JsonDocument.Parse(brotli);
            return json.RootElement.ValueKind == JsonValueKind.Array && json.RootElement.GetArrayLength() == count
                ? null
                : $"not the array of {count} services";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or InvalidDataException)
        {
            return $"not the compressed array: {e.Message}";
        }
    };

    public static string? NotModified(Answer answer) =>
        answer.Status == 304 && answer.Body.Length == 0 ? null : Describe(answer);

    public static long OrderId(Answer answer)
    {
        if (Add(answer) is { } problem)
        {
            throw new InvalidOperationException($"add was answered with {problem}");
        }
        using var json = JsonDocument.Parse(answer.Body);
        return json.RootElement.GetProperty("order").GetInt64();
    }

    private static bool IsState(JsonElement state) =>
        state.ValueKind == JsonValueKind.Object && StateKeys.All(key => state.TryGetProperty(key, out _));

    private static string? Object(Answer answer, Func<JsonElement, bool> expected)
    {
        if (answer.Status != 200)
        {
            return Describe(answer);
        }
        try
        {
            using var json = JsonDocument.Parse(answer.Body);
            return json.RootElement.ValueKind == JsonValueKind.Object &&
                !json.RootElement.TryGetProperty("error", out _) && expected(json.RootElement)
                ? null
                : Describe(answer);
        }
        catch (JsonException)
        {
            return Describe(answer);
        }
    }

    private static string Describe(Answer answer) =>
        $"{answer.Status} {answer.Encoding} {Encoding.UTF8.GetString(answer.Body.AsSpan(0, Math.Min(200, answer.Body.Length)))}";
}
