using System.Net;

namespace PanelServer.Tests.Sandbox;

/// <summary>Whoever drives the sandbox of a process.</summary>
internal sealed class ControlCaller(Uri address) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address };

    public async Task<string> SendAsync(string method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(new(method), path) { Content = json is null ? null : new StringContent(json) };
        using var answer = await _http.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, body);
        return body;
    }

    public void Dispose() => _http.Dispose();
}
