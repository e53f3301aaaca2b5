using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PanelServer.Conformance;

/// <summary>
/// Calls the panel under judgement, one call after the other. Nothing it says can hurt: each call has its time, each answer
/// its size, redirects are not followed, cookies not kept.
/// </summary>
/// <param name="address">The endpoint.</param>
/// <param name="key">The key to call with.</param>
/// <param name="bounds">How long to wait.</param>
internal sealed class PanelClient(Uri address, string key, Bounds bounds) : IDisposable
{
    /// <summary>A key that no panel has given to anybody.</summary>
    private const string WrongKey = "conform-wrong-key-0000000000000000";

    private const int ChunkBytes = 64 * 1024;

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = !address.IsLoopback,
        ConnectTimeout = bounds.Patience,
        MaxResponseDrainSize = 0,

        // A connection that is used again may just be closing, and then the panel would be blamed for it.
        PooledConnectionLifetime = TimeSpan.Zero,
    });

    private bool _hasAsked;
    private int _unanswered;

    /// <summary>Makes one call. Whatever goes wrong is part of the answer.</summary>
    /// <exception cref="OperationCanceledException">The caller has given up.</exception>
    public async Task<PanelAnswer> AskAsync(Question question, CancellationToken cancel)
    {
        if (_unanswered >= Bounds.Unanswered)
        {
            return new() { Unanswered = $"not asked: {_unanswered} calls in a row had no answer" };
        }

        if (_hasAsked)
        {
            await Task.Delay(bounds.Pause, cancel);
        }

        _hasAsked = true;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(bounds.Patience);
        try
        {
            using var request = RequestOf(question);
            using var response = await _http.SendAsync(request, patience.Token);
            var answer = await ReadAsync(response, patience.Token);
            _unanswered = 0;
            return answer;
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            _unanswered++;
            return new() { Unanswered = error.GetBaseException().Message };
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            _unanswered++;
            return new()
            {
                Unanswered = string.Create(CultureInfo.InvariantCulture, $"no complete answer within {bounds.Patience.TotalSeconds:0.##} s"),
            };
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage RequestOf(Question question)
    {
        var fields = question.Key switch
        {
            KeyGiven.Own => [("key", key), .. question.Fields],
            KeyGiven.Wrong => [("key", WrongKey), .. question.Fields],
            KeyGiven.None => question.Fields,
        };
        var query = question.Wrapping switch
        {
            Wrapping.Form or Wrapping.Multipart or Wrapping.Json => [],
            Wrapping.ActionInQuery => fields.Where(field => field.Name == "action").ToArray(),
            Wrapping.Get => fields,
        };
        var body = fields.Except(query).ToArray();
        var path = question.HasSlashBefore ? "/" + address.AbsolutePath : address.AbsolutePath;
        var request = new HttpRequestMessage(
            question.Wrapping == Wrapping.Get ? HttpMethod.Get : HttpMethod.Post,
            query.Length == 0 && !question.HasSlashBefore ? address : AddressOf(path, query))
        {
            Content = question.Wrapping switch
            {
                Wrapping.Form or Wrapping.ActionInQuery => Form(body),
                Wrapping.Multipart => Multipart(body),
                Wrapping.Json => new StringContent(
                    JsonSerializer.Serialize(body.ToDictionary(field => field.Name, field => field.Value)), Encoding.UTF8, "application/json"),
                Wrapping.Get => null,
            },
        };
        request.Headers.UserAgent.ParseAdd("panelserver-conform");
        request.Headers.Accept.ParseAdd("application/json");
        return request;
    }

    private Uri AddressOf(string path, IEnumerable<(string Name, string Value)> fields)
    {
        var query = fields.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}").Prepend(address.Query.TrimStart('?'));
        return new UriBuilder(address) { Path = path, Query = string.Join('&', query.Where(part => part.Length > 0)) }.Uri;
    }

    private static FormUrlEncodedContent Form((string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private static MultipartFormDataContent Multipart((string Name, string Value)[] fields)
    {
        var parts = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            parts.Add(new StringContent(value), name);
        }

        return parts;
    }

    private static async Task<PanelAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var answer = new PanelAnswer
        {
            Status = (int)response.StatusCode,
            ContentType = response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type) ? type.ToString() : "",
            Location = response.Headers.NonValidated.TryGetValues("Location", out var location) ? location.ToString() : "",
        };
        using var bytes = new MemoryStream();
        var chunk = new byte[ChunkBytes];
        await using var body = await response.Content.ReadAsStreamAsync(cancel);
        while (await body.ReadAsync(chunk, cancel) is var read and > 0)
        {
            await bytes.WriteAsync(chunk.AsMemory(0, read), cancel);
            if (bytes.Length > Bounds.AnswerBytes)
            {
                return answer with { IsTooLarge = true };
            }
        }

        var text = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        return answer with { Body = Encoding.UTF8.GetString(text.Span), Json = JsonOf(text) };
    }

    private static JsonElement? JsonOf(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            ReadTexts(text.Span);
            return document.RootElement.Clone();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A document is taken with texts that cannot be read, such as half characters; they would be found too late.</summary>
    /// <exception cref="InvalidOperationException">A text cannot be read.</exception>
    private static void ReadTexts(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        while (reader.Read())
        {
            _ = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? reader.GetString() : null;
        }
    }
}
