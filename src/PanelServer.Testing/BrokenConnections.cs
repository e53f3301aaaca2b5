namespace PanelServer.Testing;

/// <summary>
/// Breaks a connection as a network does: a call that the server ends without an answer is an
/// <see cref="HttpRequestException"/> to the caller, which memory alone would not make of it.
/// </summary>
internal sealed class BrokenConnections(HttpMessageHandler memory) : DelegatingHandler(memory)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            return await base.SendAsync(request, cancel);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            throw new HttpRequestException(
                HttpRequestError.ResponseEnded, "the connection was closed before an answer came", error);
        }
    }
}
