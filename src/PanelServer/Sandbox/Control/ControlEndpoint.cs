using System.Text.Encodings.Web;
using System.Text.Json;
using PanelServer.Data;
using PanelServer.Domain.Lifecycles;

namespace PanelServer.Sandbox.Control;

/// <summary>
/// The control calls of a sandbox (docs/integrating.md, "The sandbox"): JSON over HTTP, without a key. One call at
/// a time is carried out, the others wait.
/// </summary>
internal sealed class ControlEndpoint(ControlTable table, ILogger<ControlEndpoint> log) : IDisposable
{
    private const string Root = "/sandbox";
    private const string Wildcard = "*";

    // Read by people in a terminal and by programs, never put into a page.
    private static readonly JsonSerializerOptions Wording = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Whether a path is one of this door's.</summary>
    public static bool IsOurs(string? path) =>
        path is not null && (path == Root || path.StartsWith(Root + "/", StringComparison.Ordinal));

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await SendAsync(context, await AnswerAsync(context));
        }
        catch (WritesUnavailableException error)
        {
            await SendAsync(context, ControlAnswer.Refused(StatusCodes.Status503ServiceUnavailable, $"the database takes no changes: {error.Message}"));
        }
        catch (PanelException error)
        {
            await SendAsync(context, ControlAnswer.Refused(StatusCodes.Status503ServiceUnavailable, error.Message));
        }
        catch (IOException) when (!context.RequestAborted.IsCancellationRequested)
        {
            // Also what the listener says of a chunk whose size is larger than it can count.
            context.Response.Headers.Connection = "close";
            await SendAsync(context, ControlAnswer.Refused(StatusCodes.Status400BadRequest, "the request broke off"));
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The connection is gone: there is no client left to answer.
        }
#pragma warning disable CA1031 // The last resort: a bug is logged here and never shown to the caller.
        catch (Exception error)
#pragma warning restore CA1031
        {
            log.LogError(error, "A control call failed");
            await SendAsync(context, ControlAnswer.Refused(StatusCodes.Status500InternalServerError, "Internal error"));
        }
    }

    /// <summary>Does something between two control calls.</summary>
    public async Task InTurnAsync(Func<Task> work)
    {
        await _turn.WaitAsync();
        try
        {
            await work();
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<ControlAnswer> AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        var found = table.Calls.Where(call => TryMatch(call.Path, request.Path.Value!, out _)).ToList();
        if (found.Count == 0)
        {
            return ControlAnswer.Refused(StatusCodes.Status404NotFound, "there is no such control call; see docs/integrating.md, \"The sandbox\"");
        }

        if (found.Find(call => call.Method == request.Method) is not { } asked)
        {
            var methods = string.Join(", ", found.Select(call => call.Method));
            context.Response.Headers.Allow = methods;
            return ControlAnswer.Refused(StatusCodes.Status404NotFound, $"this path takes {methods}");
        }

        if (await ReadAsync(request, context.RequestAborted) is not { } utf8)
        {
            return ControlAnswer.Refused(StatusCodes.Status400BadRequest, $"the body is larger than {ControlBody.MaxBytes} bytes");
        }

        if (!ControlBody.Read(utf8).Try(out var body, out var refusal))
        {
            return refusal;
        }

        TryMatch(asked.Path, request.Path.Value!, out var name);
        await _turn.WaitAsync(context.RequestAborted);
        try
        {
            return await asked.RunAsync(new(ActorOf(context), name, body, context.RequestAborted));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The actor of a control call: anyone who reaches the sandbox, as there is no key.</summary>
    private static ActorContext ActorOf(HttpContext context) => new(Actor.Operator, ActorContext.Control, ActorContext.Control)
    {
        Address = context.Connection.RemoteIpAddress?.ToString(),
        RequestId = context.TraceIdentifier,
    };

    private static bool TryMatch(string pattern, string path, out string name)
    {
        name = "";
        var (wanted, given) = (pattern.Split('/'), path.TrimEnd('/').Split('/'));
        if (wanted.Length != given.Length)
        {
            return false;
        }

        for (var at = 0; at < wanted.Length; at++)
        {
            if (wanted[at] == Wildcard)
            {
                name = given[at];
            }
            else if (wanted[at] != given[at])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The body; null when it is larger than allowed.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (request.ContentLength > ControlBody.MaxBytes)
        {
            return null;
        }

        var body = new byte[ControlBody.MaxBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancel);
        return length > ControlBody.MaxBytes ? null : body.AsMemory(0, length);
    }

    private static async Task SendAsync(HttpContext context, ControlAnswer answer)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(answer.Body, Wording);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = text.Length;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(text, context.RequestAborted);
    }
}
