using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using PanelServer.Domain.Providers;

namespace PanelServer.Tests.Providers;

/// <summary>One way to spoil a call.</summary>
/// <param name="Name">How tests call it.</param>
/// <param name="Play">Does it.</param>
internal sealed record EvilFault(string Name, Func<EvilCall, Task> Play)
{
    /// <summary>What comes of asking for a change: order, refill or cancel.</summary>
    public SubmissionOutcome Change { get; init; } = SubmissionOutcome.Unknown;

    /// <summary>What was asked is answered all the same.</summary>
    public bool IsHarmless => Change == SubmissionOutcome.Accepted;

    /// <summary>The caller waits for its deadline.</summary>
    public bool IsSlow { get; init; }

    /// <summary>Answers with this text instead, and carries nothing out.</summary>
    public static EvilFault Says(string text, int status = 200, params string[] headers) =>
        new(text, call => call.AnswerAsync(status, text, headers));

    /// <summary>Carries the call out, and tells it in other words.</summary>
    public static EvilFault Reworded(string name, Func<JsonNode, string> word) =>
        new(name, async call => await call.AnswerAsync(200, word((await call.ForwardAsync()).Json)));

    /// <summary>Carries the call out first.</summary>
    private EvilFault Late => new($"carried out, then {Name}", async call =>
    {
        await call.ForwardAsync();
        await Play(call);
    })
    {
        Change = Change,
        IsSlow = IsSlow,
    };

    /// <summary>What may happen to a call of any action.</summary>
    public static IReadOnlyList<EvilFault> Any { get; } = All();

    public static EvilFault Named(string name) => Any.Single(fault => fault.Name == name);

    private static EvilFault[] All()
    {
        const string page = "<!DOCTYPE html><html><body><h1>Bad gateway</h1></body></html>";
        EvilFault silence = new("silence", call => call.SilenceAsync()) { IsSlow = true };
        EvilFault reset = new("reset", call =>
        {
            call.Reset();
            return Task.CompletedTask;
        });
        EvilFault[] statuses = [.. new[] { 500, 502, 503, 504 }.Select(status => Plain($"HTTP {status}", status, page))];
        return
        [
            silence,
            silence.Late,
            reset,
            reset.Late,
            .. statuses,
            .. statuses.Select(fault => fault.Late),
            Plain("503 in JSON", 503, """{"error":"Service unavailable"}"""),
            Plain("a page with 200", 200, page),
            Plain("a page with 200", 200, page).Late,
            Plain("a challenge", 403, "<html><title>Just a moment...</title></html>", "Server: cloudflare", "Content-Type: text/html"),
            Plain("empty", 200, ""),
            Plain("empty", 200, "").Late,
            Plain("truncated", 200, """{"order":5"""),
            new("carried out, then truncated", async call => await call.AnswerAsync(200, (await call.ForwardAsync()).Body[..^1])),
            new("carried out, then cut off", async call => await call.CutOffAsync((await call.ForwardAsync()).Body)),
            Plain("an empty object", 200, "{}"),
            Plain("an empty list", 200, "[]"),
            Plain("a text", 200, "\"ok\""),
            Plain("a number", 200, "-5"),
            Plain("nothing in JSON", 200, "null"),
            Plain("wrong types", 200, """{"order":{"id":[5]},"refill":[],"cancel":{},"status":{"x":1},"balance":[1],"currency":7,"remains":{}}"""),
            new("invalid UTF-8", call => call.AnswerAsync(200, [.. "{\"order\":\""u8, 0xC3, 0x28, .. "\"}"u8])),
            new("a slow drip", call => call.DripAsync("""{"order":5}""")) { IsSlow = true },
            new("an endless body", call => call.EndlessAsync(Encoding.ASCII.GetBytes(new string(' ', 256 * 1024)))),
            new("a bomb", call => call.AnswerAsync(200, Bomb, "Content-Encoding: gzip")),
            Plain("a redirect", 302, "", "Location: /api/v2"),
            new("too many calls", call => call.AnswerAsync(429, """{"error":"Too many requests"}""", "Retry-After: 1"))
            {
                Change = SubmissionOutcome.Deferred,
            },
            new("a byte order mark", async call =>
                await call.AnswerAsync(200, [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes((await call.ForwardAsync()).Body)]))
            {
                Change = SubmissionOutcome.Accepted,
            },
        ];
    }

    private static EvilFault Plain(string name, int status, string text, params string[] headers) =>
        new(name, call => call.AnswerAsync(status, text, headers));

    /// <summary>Some kilobytes that become more than anybody may take.</summary>
    private static byte[] Bomb { get; } = Compressed();

    private static byte[] Compressed()
    {
        const int Megabytes = 80;
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            var zeros = new byte[1024 * 1024];
            for (var at = 0; at < Megabytes; at++)
            {
                gzip.Write(zeros);
            }
        }

        return bytes.ToArray();
    }
}
