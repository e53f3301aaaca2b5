using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.Testing;
using PanelServer.Cli;

namespace PanelServer.Tests.OpenApi;

/// <summary>A sandbox in a fresh folder, called as a reseller would and moved by the operator's verbs.</summary>
internal sealed class SandboxServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("panel-").FullName;
    private readonly WebApplicationFactory<Program> _factory;
    private readonly HttpClient _client;

    public SandboxServer(IReadOnlyDictionary<string, string> settings)
    {
        File.WriteAllText(Path.Combine(_folder, "appsettings.json"), JsonSerializer.Serialize(settings));
        _factory = new WebApplicationFactory<Program>().WithWebHostBuilder(
            host => host.UseSetting("data", _folder).UseSetting("sandbox", "true"));
        _client = _factory.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
    }

    public async Task<HttpResponseMessage> CallAsync(Request request, string? etag)
    {
        using var message = Message(request.Method, request.Path, request.ContentType, request.Fields);
        foreach (var (name, value) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value.Replace("{ETag}", etag, StringComparison.Ordinal));
        }

        return await _client.SendAsync(message);
    }

    public async Task<HttpResponseMessage> CallAsync(string path, JsonObject fields)
    {
        using var message = Message("POST", path, "application/x-www-form-urlencoded", fields);
        return await _client.SendAsync(message);
    }

    /// <summary>Carries out one line of the operator's, as typed after <c>panelserver</c>.</summary>
    public async Task CommandAsync(string line)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await Verbs.RunAsync([.. CommandLine.Split(line), "--data", _folder, "--sandbox"], output, error);
        Assert.True(code == 0, $"panelserver {line} ended with {code}: {error}{output}");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _factory.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static HttpRequestMessage Message(string method, string path, string? contentType, JsonObject fields)
    {
        HttpContent? content = contentType switch
        {
            null => null,
            "multipart/form-data" => Multipart(fields),
            "application/json" => new StringContent(fields.ToJsonString(), Encoding.UTF8, contentType),
            _ => new StringContent(Encoded(fields), Encoding.UTF8, contentType),
        };
        return new(new(method), content is null ? $"{path}?{Encoded(fields)}" : path) { Content = content };
    }

    private static string Encoded(JsonObject fields)
    {
        var pairs = Pairs(fields).Select(pair => $"{Escaped(pair.Name)}={Escaped(pair.Value)}");
        return string.Join('&', pairs);

        static string? Escaped(string text) => WebUtility.UrlEncode(text);
    }

    private static MultipartFormDataContent Multipart(JsonObject fields)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in Pairs(fields))
        {
            content.Add(new StringContent(value), name);
        }

        return content;
    }

    // In a form a list is its field repeated.
    private static IEnumerable<(string Name, string Value)> Pairs(JsonObject fields) =>
        from field in fields
        from value in field.Value as JsonArray ?? [field.Value?.DeepClone()]
        select (field.Key, $"{value}");
}
