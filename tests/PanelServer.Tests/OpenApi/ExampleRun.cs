using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PanelServer.Tests.OpenApi;

/// <summary>Carries out one example on a sandbox of its own and compares what comes back with what is printed.</summary>
internal sealed class ExampleRun(ContractDocument document, Example example)
{
    private static readonly JsonSerializerOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Sent only when there is a reason, so the file must name them for each status that may carry them.
    private static readonly string[] Occasional = ["X-Error-Code", "Idempotent-Replayed", "Retry-After", "ETag"];

    private readonly Request _request = example.Request;
    private readonly Response _expected = example.Response;

    public async Task CarryOutAsync()
    {
        await using var panel = TestPanel.Sandbox([.. _request.Settings.Select(setting => (setting.Key, setting.Value))]);
        var etag = await PrepareAsync(panel);
        using var message = FormText.Message(_request.Method, _request.Path, _request.ContentType, _request.Fields);
        foreach (var (name, value) in _request.Headers)
        {
            message.Headers.Add(name, value.Replace("{ETag}", etag, StringComparison.Ordinal));
        }

        using var response = await panel.Client.SendAsync(message);

        // One line of JSON each: names, order, values and types show; spacing and escapes do not.
        var printed = _expected.Answer?.ToJsonString(Readable) ?? "";
        var answered = Shown(await response.Content.ReadAsStringAsync());
        Assert.Equal($"{_expected.Status} {printed}", $"{(int)response.StatusCode} {answered}");
        CheckHeaders(response);
    }

    private async Task<string?> PrepareAsync(TestPanel panel)
    {
        string? etag = null;
        foreach (var step in _request.Before)
        {
            if (step is not JsonObject call)
            {
                await panel.VerbAsync([.. CommandLine.Split($"{step}")]);
                continue;
            }

            var fields = call.DeepClone().AsObject();
            fields.TryAdd("key", _request.Fields["key"]?.DeepClone());
            using var message = FormText.Message("POST", _request.Door.Path, FormText.UrlEncoded, fields);
            using var answer = await panel.Client.SendAsync(message);
            Assert.False(answer.Headers.Contains("X-Error-Code"), await answer.Content.ReadAsStringAsync());
            etag = answer.Headers.ETag?.ToString();
        }

        return etag;
    }

    private string Shown(string body)
    {
        if (body.Length == 0 || JsonNode.Parse(body) is not { } answer)
        {
            return body;
        }

        var shown = _expected.Excerpt.Count == 0
            ? answer
            : new JsonObject(_expected.Excerpt.Select(name => KeyValuePair.Create(name, answer[name]?.DeepClone())));
        return shown.ToJsonString(Readable);
    }

    private void CheckHeaders(HttpResponseMessage response)
    {
        var ignoreCase = StringComparer.OrdinalIgnoreCase;
        var sent = response.Headers.Concat(response.Content.Headers).ToDictionary(
            header => header.Key, header => string.Join(", ", header.Value), ignoreCase);
        var type = _expected.Answer is null ? null : "application/json";

        // Where one text has two codes, the example names its own.
        var code = _expected.Headers.GetValueOrDefault("X-Error-Code")
            ?? (example.Fails ? document.ErrorCode(_expected.Answer!["error"]!) : null);
        var needed = _expected.Documented.Where(header => header.Value).Select(header => header.Key);

        Assert.Equal(type, response.Content.Headers.ContentType?.ToString());
        Assert.Equal(code, sent.GetValueOrDefault("X-Error-Code"));
        Assert.Equal(_expected.Headers.ContainsKey("Idempotent-Replayed"), sent.ContainsKey("Idempotent-Replayed"));
        Assert.All(_expected.Headers, header => Assert.Equal(header.Value, sent.GetValueOrDefault(header.Key)));
        Assert.Empty(needed.Except(sent.Keys, ignoreCase));
        Assert.Empty(Occasional.Intersect(sent.Keys, ignoreCase).Except(_expected.Documented.Keys, ignoreCase));
    }
}
