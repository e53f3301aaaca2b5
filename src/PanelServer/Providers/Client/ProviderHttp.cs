using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace PanelServer.Providers.Client;

/// <summary>
/// Posts a form to a provider and reads what comes back. Each call has its time and its size, nothing is followed, kept or
/// sent twice, and whatever goes wrong is part of the exchange (docs/decisions/0020).
/// </summary>
/// <param name="bounds">Time and size.</param>
/// <param name="clock">For a Retry-After that names an instant; the machine's when null.</param>
internal sealed class ProviderHttp(CallBounds bounds, TimeProvider? clock = null) : IDisposable
{
    private const int ChunkBytes = 32 * 1024;

    // What is looked at to show the beginning of an answer: UTF-8 needs at most three bytes for a character.
    private const int ShownBytes = 3 * HttpExchange.EvidenceCharacters;

    private static readonly TimeSpan MaxRest = TimeSpan.FromHours(1);

    // Two, so that no connection that was allowed for the one kind is ever used for the other.
    private readonly HttpMessageInvoker _guarded = Invoker(bounds, mayBePrivate: false);
    private readonly HttpMessageInvoker _internal = Invoker(bounds, mayBePrivate: true);

    public CallBounds Bounds => bounds;

    /// <summary>Makes one call. It does not throw for anything that a network or a provider can do.</summary>
    /// <param name="fields">The form without the key, in order.</param>
    public async Task<RawResponse> PostAsync(
        ProviderAccount account,
        IReadOnlyList<KeyValuePair<string, string>> fields,
        CallBound bound,
        CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var mask = account.Mask;
        var text = FormContent.Encode(fields);
        using var content = new FormContent($"{FormContent.Encode([KeyValuePair.Create("key", account.Key)])}&{text}");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var body = new MemoryStream();
        var exchange = new HttpExchange
        {
            Sent = TextSanitizer.Evidence($"key=[key]&{mask.Redact(text)}", HttpExchange.EvidenceCharacters),
            SentBytes = content.Bytes,
        };
        try
        {
            patience.CancelAfter(bound.Deadline);
            using var request = RequestOf(account.Url, content);
            using var response = await (account.IsInternal ? _internal : _guarded).SendAsync(request, patience.Token);
            exchange = exchange with { Status = (int)response.StatusCode, RetryAfter = RestOf(response), LeadsTo = TargetOf(response, mask) };
            exchange = exchange with { Failure = await ReadAsync(response, body, bound, patience.Token) };
        }
        catch (OperationCanceledException)
        {
            var why = cancel.IsCancellationRequested ? "the server was stopped before the answer came"
                : patience.IsCancellationRequested ? $"no complete answer within {Seconds(bound.Deadline)} s"
                : $"no connection within {Seconds(bounds.Connect)} s";
            exchange = exchange with { Failure = why };
        }
        catch (Exception error)
        {
            // Whatever it is, the form may have arrived: the caller gets the error, and decides by whether the request had left.
            exchange = exchange with { Failure = TextSanitizer.Line(mask.Redact(WordsOf(error)), TextSanitizer.ReasonLength) };
        }

        return new(
            exchange with
            {
                HasLeft = content.Seal(),
                ElapsedMilliseconds = watch.ElapsedMilliseconds,
                Answer = Shown(body, mask),
            },
            body.GetBuffer().AsMemory(0, (int)body.Length));
    }

    public void Dispose()
    {
        _guarded.Dispose();
        _internal.Dispose();
    }

    private static HttpMessageInvoker Invoker(CallBounds bounds, bool mayBePrivate) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,

        // A proxy would look the name up itself, and the check of the address would be of no use.
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = bounds.Connect,
        ConnectCallback = new GuardedConnector(mayBePrivate).ConnectAsync,
        MaxResponseDrainSize = 0,

        // A connection that has been idle for longer may just be closing, and a good call on it would end as Unknown.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2),
    });

    private static HttpRequestMessage RequestOf(Uri address, FormContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = content,
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.UserAgent.ParseAdd("panelserver");
        request.Headers.Accept.ParseAdd("application/json");
        return request;
    }

    /// <returns>Why the body is not complete; null when it is.</returns>
    private static async Task<string?> ReadAsync(
        HttpResponseMessage response,
        MemoryStream body,
        CallBound bound,
        CancellationToken cancel)
    {
        var chunk = new byte[ChunkBytes];
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        while (await stream.ReadAsync(chunk, cancel) is var read and > 0)
        {
            var room = bound.AnswerBytes - (int)body.Length;
            await body.WriteAsync(chunk.AsMemory(0, Math.Min(read, room)), cancel);
            if (read > room)
            {
                return string.Create(CultureInfo.InvariantCulture, $"the answer is longer than {bound.AnswerBytes} bytes");
            }
        }

        return null;
    }

    /// <summary>Where a redirect leads: it is not followed, but reported, so that the operator can correct the address.</summary>
    private static string? TargetOf(HttpResponseMessage response, SecretRedactor mask) =>
        (int)response.StatusCode is >= 300 and < 400 && response.Headers.NonValidated.TryGetValues("Location", out var values)
            ? TextSanitizer.Line(mask.Redact(values.ToString()), TextSanitizer.ReasonLength)
            : null;

    private TimeSpan? RestOf(HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues("Retry-After", out var values))
        {
            return null;
        }

        var text = values.ToString().Trim();
        if (text.Length > 0 && text.All(char.IsAsciiDigit))
        {
            return long.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && seconds < MaxRest.TotalSeconds
                ? TimeSpan.FromSeconds(seconds)
                : MaxRest;
        }

        if (!RetryConditionHeaderValue.TryParse(text, out var rest) || rest.Date is not { } until)
        {
            return null;
        }

        // By the provider's own clock, if it tells: it need not go like ours.
        var wait = until - (response.Headers.Date ?? (clock ?? TimeProvider.System).GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > MaxRest ? MaxRest : wait;
    }

    private static string WordsOf(Exception error)
    {
        var cause = error.GetBaseException();
        return cause is HttpRequestException or IOException or SocketException
            ? cause.Message
            : $"{error.Message} {(cause == error ? "" : cause.Message)}";
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Shown(MemoryStream body, SecretRedactor mask)
    {
        var length = (int)Math.Min(body.Length, ShownBytes + (3 * mask.Longest));
        var text = mask.Redact(Encoding.UTF8.GetString(body.GetBuffer(), 0, length));

        // What was cut off may be the end of a key whose beginning is still there.
        return TextSanitizer.Evidence(
            length == body.Length ? text : text[..Math.Max(0, text.Length - mask.Longest)], HttpExchange.EvidenceCharacters);
    }
}
