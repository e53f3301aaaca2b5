using System.Text;

namespace PanelServer.Bench;

internal sealed record Answer(int Status, string Encoding, string? ETag, byte[] Body);

/// <summary>
/// An ordinary HTTP client that looks at whole answers. The generators count; this one proves that what they count are
/// successes.
/// </summary>
internal sealed class Caller(Uri url) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = url };

    public Task<Answer> PostAsync(string body) => PostAsync(body, []);

    public async Task<Answer> PostAsync(string body, IReadOnlyList<(string Name, string Value)> headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach ((string name, string value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }
        if (request.Content.Headers.ContentType is null)
        {
            request.Content.Headers.TryAddWithoutValidation(Form.Name, Form.Value);
        }
        using HttpResponseMessage response = await _client.SendAsync(request);
        return new Answer(
            (int)response.StatusCode,
            string.Join(',', response.Content.Headers.ContentEncoding),
            response.Headers.ETag?.ToString(),
            await response.Content.ReadAsByteArrayAsync());
    }

    public static (string Name, string Value) Form { get; } = ("Content-Type", "application/x-www-form-urlencoded");

    public void Dispose() => _client.Dispose();
}
