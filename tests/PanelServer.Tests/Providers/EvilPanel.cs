using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PanelServer.Data;
using PanelServer.Hosting;
using PanelServer.Hosting.Settings;

namespace PanelServer.Tests.Providers;

/// <summary>
/// An upstream panel that does wrong when it is told to: a real sandbox, which keeps books of what it truly took, behind a
/// door of raw connections that spoils chosen calls.
/// </summary>
internal sealed class EvilPanel : IAsyncDisposable
{
    public const string Key = "sandbox-rich-key";

    private readonly string _folder;
    private readonly PanelLifetime _panel;
    private readonly WebApplication _server;
    private readonly HttpClient _http;
    private readonly RawUpstream _door;
    private readonly Lock _lock = new();
    private readonly List<Plan> _plans = [];
    private readonly ConcurrentQueue<IReadOnlyDictionary<string, string>> _calls = new();

    private EvilPanel(string folder, PanelLifetime panel, WebApplication server)
    {
        _folder = folder;
        _panel = panel;
        _server = server;
        _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = new(server.Urls.First()) };
        _door = new(ServeAsync);
    }

    /// <summary>Where a panel finds it.</summary>
    public Uri Address => _door.Address;

    /// <summary>The forms that came, in the order in which they did.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Calls => [.. _calls];

    public static async Task<EvilPanel> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("evil-test-").FullName;
        var server = Server.Build(
            PanelFolder.Of(folder, isSandbox: true),
            SettingsReader.Defaults,
            Server.Kestrel("http://127.0.0.1:0"),
            more => more.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance));
        var panel = await PanelLifetime.OpenAsync(server.Services, TimeSpan.Zero);
        await server.StartAsync();
        return new(folder, panel, server);
    }

    public int CallsOf(string action) => _calls.Count(form => form.GetValueOrDefault("action") == action);

    /// <summary>Spoils the next calls of an action.</summary>
    public void Spoil(string action, EvilFault fault, int times = 1)
    {
        lock (_lock)
        {
            _plans.Add(new(action, fault) { Left = times });
        }
    }

    /// <summary>Spoils calls for as long as the condition says, by which is chosen how.</summary>
    public void Spoil(string action, Func<IReadOnlyDictionary<string, string>, EvilFault?> choose)
    {
        lock (_lock)
        {
            _plans.Add(new(action, null) { Left = int.MaxValue, Choose = choose });
        }
    }

    /// <summary>Does no more wrong.</summary>
    /// <returns>Calls that were to be spoiled and did not come.</returns>
    public int Behave()
    {
        lock (_lock)
        {
            var left = _plans.Where(plan => plan.Choose is null).Sum(plan => plan.Left);
            _plans.Clear();
            return left;
        }
    }

    /// <summary>The ids of the orders it truly took for a link.</summary>
    public IReadOnlyList<string> OrdersFor(string link) => Rows($"SELECT id FROM orders WHERE link = '{link}' AND parent_id IS NULL ORDER BY id");

    /// <summary>Rows of its own books.</summary>
    public IReadOnlyList<string> Rows(string sql) => Books.Rows(_server.Services.GetRequiredService<PanelDatabase>(), sql);

    /// <summary>Makes a control call of the sandbox that must succeed.</summary>
    public async Task<JsonNode> ControlAsync(string method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(new(method), path) { Content = json is null ? null : new StringContent(json) };
        using var answer = await _http.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{method} {path} {json}: {body}");
        return JsonNode.Parse(body)!;
    }

    /// <summary>Lets its time go by, such as <c>00:03:00</c>.</summary>
    public Task AdvanceAsync(string time) => ControlAsync("POST", "/sandbox/clock", $$"""{"advance":"{{time}}"}""");

    /// <summary>Says how an order of it stands.</summary>
    public Task PlayAsync(string order, string json) => ControlAsync("PUT", $"/sandbox/orders/{order}", json);

    /// <summary>Carries a call out, as the real panel does.</summary>
    public async Task<EvilAnswer> ForwardAsync(string form)
    {
        using var content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        using var answer = await _http.PostAsync("/api/v2", content);
        return new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        var findings = await ControlAsync("GET", "/sandbox/verify");
        await _door.DisposeAsync();
        _http.Dispose();
        await _server.StopAsync();
        await _panel.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        Assert.Equal("""{"findings":[]}""", findings.ToJsonString());
    }

    private async Task ServeAsync(RawConnection connection)
    {
        while (await connection.ReadAsync() is { } request)
        {
            var call = new EvilCall(this, connection, request.Body);
            _calls.Enqueue(call.Form);
            if (Next(call) is { } fault)
            {
                // What was spoiled is the last of its connection: no later call may find it half closed.
                await fault.Play(call);
                return;
            }

            var answer = await ForwardAsync(request.Body);
            await connection.SendAsync(RawScript.Reply(answer.Status, answer.Body));
        }
    }

    private EvilFault? Next(EvilCall call)
    {
        lock (_lock)
        {
            var action = call.Form.GetValueOrDefault("action");
            foreach (var plan in _plans.Where(plan => plan.Action == action && plan.Left > 0))
            {
                if ((plan.Choose is { } choose ? choose(call.Form) : plan.Fault) is { } fault)
                {
                    plan.Left -= plan.Choose is null ? 1 : 0;
                    return fault;
                }
            }

            return null;
        }
    }

    private sealed record Plan(string Action, EvilFault? Fault)
    {
        public int Left { get; set; }

        public Func<IReadOnlyDictionary<string, string>, EvilFault?>? Choose { get; init; }
    }
}

/// <summary>What the real panel answered.</summary>
internal sealed record EvilAnswer(int Status, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;
}

/// <summary>A call that is spoiled.</summary>
internal sealed class EvilCall(EvilPanel panel, RawConnection connection, string body)
{
    public IReadOnlyDictionary<string, string> Form { get; } = body.Split('&')
        .Select(field => field.Split('=', 2))
        .ToDictionary(field => field[0], field => WebUtility.UrlDecode(field[1]));

    /// <summary>Carries the call out.</summary>
    public Task<EvilAnswer> ForwardAsync() => panel.ForwardAsync(body);

    /// <summary>Answers as a web server would, and lets the connection be closed.</summary>
    public Task AnswerAsync(int status, string text, params string[] headers) => AnswerAsync(status, Encoding.UTF8.GetBytes(text), headers);

    public Task AnswerAsync(int status, byte[] bytes, params string[] headers) => connection.SendAsync(
        (byte[])[.. RawScript.Head(status, ["Connection: close", $"Content-Length: {bytes.Length}", .. headers]), .. bytes]);

    /// <summary>Promises more than it says, and hangs up.</summary>
    public Task CutOffAsync(string text) => connection.SendAsync(
        (byte[])[.. RawScript.Head(200, "Connection: close", $"Content-Length: {text.Length + 100}"), .. Encoding.UTF8.GetBytes(text)]);

    /// <summary>Answers byte by byte, for longer than anybody waits.</summary>
    public async Task DripAsync(string text)
    {
        await connection.SendAsync(RawScript.Head(200, "Connection: close", $"Content-Length: {Encoding.UTF8.GetByteCount(text) + 10_000}"));
        foreach (var letter in Encoding.UTF8.GetBytes(text.PadRight(text.Length + 10_000)))
        {
            await connection.SendAsync(new[] { letter });
            await Task.Delay(TimeSpan.FromMilliseconds(20), connection.Stopped);
        }
    }

    /// <summary>Sends the same bytes for as long as somebody takes them.</summary>
    public async Task EndlessAsync(byte[] bytes, params string[] headers)
    {
        await connection.SendAsync(RawScript.Head(200, ["Connection: close", .. headers]));
        while (true)
        {
            await connection.SendAsync(bytes);
        }
    }

    /// <summary>Says nothing until the caller has gone.</summary>
    public async Task SilenceAsync() => await connection.ReadAsync();

    /// <summary>Hangs up without a goodbye.</summary>
    public void Reset() => connection.Reset();
}
