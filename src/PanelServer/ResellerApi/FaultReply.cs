using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using PanelServer.Domain;
using PanelServer.Domain.Faults;
using PanelServer.ResellerApi.Dialects;

namespace PanelServer.ResellerApi;

/// <summary>What a caller gets of a call that goes wrong on purpose.</summary>
internal sealed class FaultReply(HttpContext context, Dialect dialect, ResponseWriter reply)
{
    private static readonly byte[] Page = Encoding.UTF8.GetBytes(
        "<!DOCTYPE html>\n<html><head><title>One moment</title></head><body><h1>One moment, please</h1></body></html>\n");

    /// <summary>Sends a fault in the place of an answer.</summary>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="answer">What a call that was carried out would have been answered; null when it was not.</param>
    public Task SendAsync(Fault fault, ApiResponse? answer) => fault.Kind switch
    {
        FaultKind.DropAfterCommit or FaultKind.DropBefore => Drop(),
        FaultKind.Status => WriteAsync(fault.Number, "text/plain", Encoding.UTF8.GetBytes(ReasonPhrases.GetReasonPhrase(fault.Number) + "\n")),
        FaultKind.Html => WriteAsync(StatusCodes.Status200OK, "text/html; charset=utf-8", Page),
        FaultKind.Malformed => WriteAsync(StatusCodes.Status200OK, "application/json", HalfOf(answer!)),
        FaultKind.RateLimit => reply.RefuseAsync(Refusal.RateLimited),
        FaultKind.Delay => throw new InvalidOperationException("a delay is over before there is something to send"),
    };

    private Task Drop()
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private ReadOnlyMemory<byte> HalfOf(ApiResponse answer)
    {
        var text = ResponseText.Of(answer, dialect);
        return text.AsMemory(0, text.Length / 2);
    }

    private async Task WriteAsync(int status, string type, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        await context.Response.BodyWriter.WriteAsync(body);
    }
}
