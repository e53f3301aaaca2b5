using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using PanelServer.Cli;
using PanelServer.Data;

namespace PanelServer.Tests;

/// <summary>
/// The real program on a fresh folder, called as a reseller would and moved by verbs as an operator would. Its end proves
/// the books, so that every test that touches money proves them.
/// </summary>
internal sealed class TestPanel : IAsyncDisposable
{
    public const string DemoKey = "sandbox-demo-key";

    private readonly WebApplicationFactory<Program> _factory;
    private readonly bool _isSandbox;
    private bool _isTamperedWith;

    private TestPanel(bool isSandbox, IReadOnlyDictionary<string, string> settings)
    {
        _isSandbox = isSandbox;
        Folder = Directory.CreateTempSubdirectory("panel-test-").FullName;
        File.WriteAllText(Path.Combine(Folder, "appsettings.json"), JsonSerializer.Serialize(settings));
        _factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseSetting("data", Folder);
            if (isSandbox)
            {
                host.UseSetting("sandbox", "true");
            }
        });
        Client = _factory.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
    }

    public string Folder { get; }

    public HttpClient Client { get; }

    /// <summary>The way into the program in memory, past the client.</summary>
    public HttpMessageHandler Handler => _factory.Server.CreateHandler();

    /// <summary>The services of the program.</summary>
    public IServiceProvider Services => _factory.Services;

    public string DatabasePath => PanelFolder.Of(Folder, _isSandbox).Database.Path;

    /// <summary>A sandbox with its known world.</summary>
    public static TestPanel Sandbox(params (string Name, string Value)[] settings) => new(true, Of(settings));

    /// <summary>An empty panel in real time.</summary>
    public static TestPanel Live(params (string Name, string Value)[] settings) => new(false, Of(settings));

    /// <summary>Calls the contract by a form and returns the raw body.</summary>
    public Task<string> CallAsync(string key, params (string Name, string Value)[] fields) => CallAsync("/api/v2", key, fields);

    public async Task<string> CallAsync(string path, string key, (string Name, string Value)[] fields)
    {
        using var answer = await SendAsync(path, [("key", key), .. fields]);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>As the sandbox's demo reseller.</summary>
    public Task<string> DemoAsync(params (string Name, string Value)[] fields) => CallAsync(DemoKey, fields);

    public async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await Client.PostAsync(path, form);
    }

    /// <summary>Makes a control call of the sandbox that must succeed; returns the raw answer.</summary>
    public async Task<string> ControlAsync(string method, string path, string? json = null)
    {
        var (status, body) = await TryControlAsync(method, path, json);
        Assert.True(status == HttpStatusCode.OK, $"{method} {path} {json} answered {(int)status}: {body}");
        return body;
    }

    public async Task<(HttpStatusCode Status, string Body)> TryControlAsync(string method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(new(method), path)
        {
            Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"),
        };
        using var answer = await Client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Lets the sandbox's time go by, such as <c>00:03:00</c>; returns the raw answer.</summary>
    public Task<string> AdvanceAsync(string time) => ControlAsync("POST", "/sandbox/clock", $$"""{"advance":"{{time}}"}""");

    /// <summary>Carries out a verb that must succeed; returns what it said.</summary>
    public async Task<string> VerbAsync(params string[] args)
    {
        var (exit, output, error) = await TryVerbAsync(args);
        Assert.True(exit == 0, $"panelserver {string.Join(' ', args)} ended with {exit}: {error}");
        return output;
    }

    public async Task<(int Exit, string Output, string Error)> TryVerbAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] panel = _isSandbox ? ["--data", Folder, "--sandbox"] : ["--data", Folder];
        var exit = await Verbs.RunAsync([.. args, .. panel], output, error);
        return (exit, output.ToString().Trim(), error.ToString().Trim());
    }

    /// <summary>Places the plainest order of service 1 and returns its id.</summary>
    public async Task<int> OrderAsync(int quantity = 100, string link = "https://example.com/p/1")
    {
        var answer = await DemoAsync(
            ("action", "add"), ("service", "1"), ("link", link), ("quantity", $"{quantity}"));
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.GetProperty("order").GetInt32();
    }

    /// <summary>Changes rows behind the panel's back, past its CHECKs and triggers; the books are no longer proved at the end.</summary>
    public void Tamper(string sql)
    {
        _isTamperedWith = true;
        using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        connection.Open();
        PanelDatabase.Execute(connection, $"PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF; {sql}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isTamperedWith)
        {
            Assert.Equal("the books are right", await VerbAsync("verify"));
        }

        Client.Dispose();
        await _factory.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static Dictionary<string, string> Of((string Name, string Value)[] settings) =>
        settings.ToDictionary(setting => setting.Name, setting => setting.Value);
}
