using System.Text;
using PanelServer.Tests.Processes;

namespace PanelServer.Tests.Fuzz;

/// <summary>Requests that are broken as a whole: content types, encodings, multipart, JSON.</summary>
[Collection(FuzzGroup.Name)]
[Trait("Category", "Process")]
public sealed class BodyFuzzTests(FuzzFixture fuzz)
{
    [Theory]
    [InlineData("forms")]
    [InlineData("jsons")]
    [InlineData("multiparts")]
    [InlineData("bytes")]
    public async Task Broken_bodies_of_any_content_type_get_answers_of_the_contract(string kind)
    {
        List<string> findings = [];
        foreach (var path in new[] { "/api/v2", "/api/v1" })
        {
            foreach (var body in BrokenBodies.Of(kind))
            {
                foreach (var type in BrokenBodies.Types.Append(null))
                {
                    var answer = await PostAsync(path, type, body);
                    if (ContractJudge.Judge("?", answer) is { } finding)
                    {
                        findings.Add($"{finding}: {path} [{type}] {Shown(body)} → {answer}");
                    }
                }
            }
        }

        Assert.True(findings.Count == 0, $"{findings.Count} findings\n" + string.Join('\n', findings.Take(12)));
        await fuzz.ProveAsync();
    }

    [Theory]
    [InlineData("text/plain", BrokenBodies.Json)]
    [InlineData("application/xml", BrokenBodies.Json)]
    [InlineData(BrokenBodies.FormType, BrokenBodies.Json)]
    [InlineData(null, BrokenBodies.Json)]
    [InlineData("application/json", BrokenBodies.Json)]
    [InlineData("application/json; charset=utf-8", BrokenBodies.Json)]
    [InlineData(BrokenBodies.FormType, BrokenBodies.Form)]
    [InlineData(BrokenBodies.FormType + "; charset=UTF-8", BrokenBodies.Form)]
    [InlineData(BrokenBodies.FormType, BrokenBodies.Form + "&key=other&action=add")]
    [InlineData(BrokenBodies.FormType, " key = " + FuzzFixture.Key + " &action= BALANCE ")]
    public async Task What_is_said_clearly_is_understood(string? type, string body)
    {
        var answer = await PostAsync("/api/v2", type, Encoding.UTF8.GetBytes(body));
        Assert.True(answer.Json?["balance"] is not null, answer.ToString());
    }

    [Fact]
    public async Task The_body_wins_over_the_query()
    {
        var answer = await PostAsync(
            "/api/v2?action=add&key=other&service=1", BrokenBodies.FormType, Encoding.UTF8.GetBytes(BrokenBodies.Form));
        Assert.True(answer.Json?["balance"] is not null, answer.ToString());
    }

    private async Task<WireAnswer> PostAsync(string path, string? type, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        _ = type is null || request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await PanelCaller.SendAsync(fuzz.Http, request);
    }

    private static string Shown(byte[] body) =>
        Encoding.Latin1.GetString(body.AsSpan(0, Math.Min(body.Length, 90))).ReplaceLineEndings("|");
}
