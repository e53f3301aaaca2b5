using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PanelServer.Testing;

/// <summary>Speaks the sandbox's control API, <c>/sandbox/…</c>.</summary>
internal sealed class ControlDoor(HttpClient client) : IDisposable
{
    /// <summary>Asks, and returns what was answered.</summary>
    /// <exception cref="SandboxException">It was refused; the message is the sandbox's line.</exception>
    public async Task<JsonDocument> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, $"/sandbox/{path}");
        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await client.SendAsync(request, cancel);
        var text = await response.Content.ReadAsStringAsync(cancel);
        if (!response.IsSuccessStatusCode)
        {
            throw new SandboxException(ErrorOf(text) ?? $"{method} /sandbox/{path} was answered {(int)response.StatusCode}");
        }

        return JsonDocument.Parse(text.Length == 0 ? "{}" : text);
    }

    /// <summary>Tells, and waits until it is done.</summary>
    /// <exception cref="SandboxException">It was refused; the message is the sandbox's line.</exception>
    public async Task TellAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancel) =>
        (await SendAsync(method, path, body, cancel)).Dispose();

    public void Dispose() => client.Dispose();

    private static string? ErrorOf(string text)
    {
        try
        {
            return JsonNode.Parse(text)?["error"]?.GetValue<string>();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
