using System.CommandLine;
using System.Net;

namespace PanelServer.Cli;

/// <summary><c>health</c>: asks a running server whether it is ready.</summary>
internal static class HealthVerb
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly Option<string> Url = new("--url")
    {
        HelpName = "URL",
        Description = "Where the server listens",
        DefaultValueFactory = _ => ServeVerb.DefaultUrl,
    };

    public static Command Command(Verbs verbs) => verbs.Plain(
        new("health", "Exits 0 when the running server is ready.\n\nExample:\n  panelserver health --url http://127.0.0.1:5080") { Url },
        async (context, cancel) =>
        {
            var url = context.Get(Url).TrimEnd('/');
            if (!Uri.TryCreate(url + "/readyz", UriKind.Absolute, out var address)
                || address.Scheme is not ("http" or "https"))
            {
                return context.Refuse($"{url} is not a URL such as {ServeVerb.DefaultUrl}");
            }

            using var client = new HttpMessageInvoker(new SocketsHttpHandler { ConnectTimeout = Patience });
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(Patience);
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, address);
                using var answer = await client.SendAsync(request, patience.Token);
                var said = (await answer.Content.ReadAsStringAsync(patience.Token)).Trim();
                return answer.StatusCode == HttpStatusCode.OK
                    ? context.Write(new { Ready = true }, said)
                    : context.Refuse($"{url}: {said}");
            }
            catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
            {
                return context.Refuse($"{url} does not answer: {error.Message}");
            }
        });
}
