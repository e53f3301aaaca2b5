using System.Globalization;
using Microsoft.Net.Http.Headers;
using PanelServer.Domain;
using PanelServer.ResellerApi.Dialects;

namespace PanelServer.ResellerApi;

/// <summary>Sends an answer with the headers and the status that the contract gives it (docs/contract.md, "Answer").</summary>
/// <param name="context">The call.</param>
/// <param name="dialect">How answers are worded.</param>
/// <param name="trace">Where the outcome is noted; null while nobody watches.</param>
internal sealed class ResponseWriter(HttpContext context, Dialect dialect, CallTrace? trace = null)
{
    private const string Json = "application/json";
    private const string CatalogueCaching = "private, no-cache";

    /// <summary>What is noted of the call; null while nobody watches.</summary>
    public CallTrace? Trace => trace;

    public async Task SendAsync(ApiResponse answer)
    {
        trace?.Outcome = CallTrace.Ok;
        switch (answer)
        {
            case Failure failure:
                await RefuseAsync(failure.Refusal);
                break;
            case CatalogueAnswer catalogue:
                await SendAsync(catalogue.Catalogue);
                break;
            case ReplayedAnswer:
                context.Response.Headers["Idempotent-Replayed"] = "true";
                await WriteAsync(answer);
                break;
            default:
                await WriteAsync(answer);
                break;
        }
    }

    /// <summary>Answers a refusal and ends the connection: what is left of the request is not read.</summary>
    public Task RefuseAndCloseAsync(Refusal refusal)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.Headers.Connection = "close";
        }

        return RefuseAsync(refusal);
    }

    public async Task RefuseAsync(Refusal refusal)
    {
        trace?.Outcome = refusal.Code;
        var response = context.Response;
        if (response.HasStarted)
        {
            context.Abort();
            return;
        }

        response.StatusCode = StatusOf(refusal);
        response.Headers["X-Error-Code"] = refusal.Family;
        if (refusal.RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (refusal == Refusal.MethodNotAllowed)
        {
            response.Headers.Allow = "GET, POST";
        }
        else if (refusal == Refusal.NotOverGet)
        {
            response.Headers.Allow = "POST";
        }

        await WriteAsync(new Failure(refusal));
    }

    private static int StatusOf(Refusal refusal) =>
        refusal == Refusal.NotFound ? StatusCodes.Status404NotFound
        : refusal == Refusal.MethodNotAllowed ? StatusCodes.Status405MethodNotAllowed
        : refusal == Refusal.TooLarge ? StatusCodes.Status413PayloadTooLarge
        : refusal.Code == Refusal.RateLimited.Code ? StatusCodes.Status429TooManyRequests
        : refusal == Refusal.Unavailable ? StatusCodes.Status503ServiceUnavailable
        : refusal == Refusal.Internal ? StatusCodes.Status500InternalServerError
        : StatusCodes.Status200OK;

    private ValueTask<System.IO.Pipelines.FlushResult> WriteAsync(ApiResponse answer)
    {
        var text = ResponseText.Word(answer, dialect).Span;
        Begin("no-store", text.Length);

        // Copied before the first await: the text is the thread's own.
        text.CopyTo(context.Response.BodyWriter.GetSpan(text.Length));
        context.Response.BodyWriter.Advance(text.Length);
        return context.Response.BodyWriter.FlushAsync();
    }

    private async Task SendAsync(PricedCatalogue catalogue)
    {
        var headers = context.Response.Headers;
        var encoding = CatalogueEncoding.Best(context.Request.Headers.AcceptEncoding.ToString());
        var tag = catalogue.ETag.In(encoding);
        headers.ETag = tag;
        headers.Vary = HeaderNames.AcceptEncoding;
        if (ServicesETag.IsKnown(tag, context.Request.Headers.IfNoneMatch.ToString()))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            BeginAny(CatalogueCaching);
            return;
        }

        var rendered = await catalogue.RenderedAsync(encoding);
        if (encoding.Name is { } name)
        {
            headers.ContentEncoding = name;
        }

        Begin(CatalogueCaching, rendered.Length);
        foreach (var chunk in rendered.Chunks)
        {
            await context.Response.BodyWriter.WriteAsync(chunk);
        }
    }

    private void Begin(string cacheControl, int length)
    {
        context.Response.ContentType = Json;
        context.Response.ContentLength = length;
        BeginAny(cacheControl);
    }

    /// <summary>The headers that every answer bears, also one without a body.</summary>
    private void BeginAny(string cacheControl)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = cacheControl;
        headers.XContentTypeOptions = "nosniff";
        headers["X-Request-Id"] = context.TraceIdentifier;
    }
}
