using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace PanelServer.Tests.Conformance;

/// <summary>What a wrong panel does wrong: some calls are answered otherwise than the right one answers them.</summary>
/// <param name="When">Which calls, by their form.</param>
/// <param name="Answer">Answers, given what the right panel says.</param>
internal sealed record Mistake(Func<IReadOnlyDictionary<string, string>, bool> When, Func<HttpContext, string, Task> Answer)
{
    /// <summary>Which calls, by how they came.</summary>
    public Func<HttpRequest, bool> Came { get; init; } = _ => true;
}

/// <summary>A panel on a port of the loopback: the right one, with one mistake.</summary>
internal sealed class WrongPanel : IAsyncDisposable
{
    private readonly WebApplication _server;

    private WrongPanel(WebApplication server) => _server = server;

    public Uri Address => new(_server.Urls.Single() + "/api/v2");

    public static async Task<WrongPanel> StartAsync(HttpClient right, Mistake mistake)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var panel = new WrongPanel(builder.Build());
        panel._server.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            using var call = new HttpRequestMessage(new HttpMethod(context.Request.Method), "/api/v2" + context.Request.QueryString);
            if (context.Request.ContentType is { } type)
            {
                call.Content = new StringContent(body);
                call.Content.Headers.Remove("Content-Type");
                call.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            }

            using var said = await right.SendAsync(call);
            var text = await said.Content.ReadAsStringAsync();
            var isWrong = mistake.Came(context.Request) && mistake.When(await FormAsync(context.Request.ContentType, body));
            await (isWrong ? mistake.Answer(context, text) : SayAsync(context, text));
        });
        await panel._server.StartAsync();
        return panel;
    }

    /// <summary>Answers as a panel should.</summary>
    public static Task SayAsync(HttpContext context, string body) => SayAsync(context, 200, "application/json", body);

    public static async Task SayAsync(HttpContext context, int status, string contentType, string body)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.ContentType = contentType;
        await context.Response.WriteAsync(body, context.RequestAborted);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task<IReadOnlyDictionary<string, string>> FormAsync(string? type, string body)
    {
        if (type != "application/x-www-form-urlencoded")
        {
            return new Dictionary<string, string>();
        }

        using var form = new FormReader(body);
        return (await form.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString());
    }
}
