using System.Text.Json.Nodes;

namespace PanelServer.Tests.Cli;

/// <summary><c>audit list</c>: who did what, by which channel and in which request.</summary>
public sealed class AuditListTests : IAsyncLifetime
{
    private readonly TestPanel _panel = TestPanel.Sandbox();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _panel.DisposeAsync();

    [Fact]
    public async Task All_that_one_verb_does_has_one_request()
    {
        await _panel.OrderAsync();
        await _panel.OrderAsync(link: "https://example.com/p/2");
        await _panel.VerbAsync("order", "start", "23501", "23502");
        await _panel.VerbAsync("reseller", "deposit", "demo", "5", "--note", "cash");

        var rows = await ListAsync("--kind", "operator", "--channel", "cli", "--action", "order");
        Assert.Equal(["order 23502", "order 23501"], rows.Select(row => (string?)row!["subject"]));
        var request = (string)rows[0]!["request_id"]!;
        Assert.Equal(2, (await ListAsync("--request", request)).Count);
        Assert.Equal(request, (string?)rows[1]!["request_id"]);
        Assert.NotEqual(request, (string?)(await ListAsync("--action", "reseller deposit"))[0]!["request_id"]);
        Assert.All(rows, row => Assert.Equal(("operator", Environment.UserName, null), ((string?)row!["kind"], (string?)row["who"], (string?)row["address"])));
        Assert.Empty(await ListAsync("--kind", "reseller"));
        Assert.Empty(await ListAsync("--request", "another"));
    }

    [Fact]
    public async Task A_control_call_has_its_request_and_address()
    {
        using var answer = await _panel.Client.SendAsync(new(HttpMethod.Put, "/sandbox/resellers/demo")
        {
            Content = new StringContent("""{"balance":"7"}""", System.Text.Encoding.UTF8, "application/json"),
        });
        answer.EnsureSuccessStatusCode();

        var row = Assert.Single(await ListAsync("--channel", "control"))!;
        Assert.Equal(("reseller withdraw", "control", "-93.84292"), ((string?)row["action"], (string?)row["who"], (string?)row["amount"]));
        Assert.False(string.IsNullOrEmpty((string?)row["request_id"]));
    }

    [Fact]
    public async Task A_kind_that_there_is_not_is_told_with_those_there_are() =>
        Assert.Equal(
            (2, "", "--kind takes reseller, operator, provider, timer, not 'clerk'"),
            await _panel.TryVerbAsync("audit", "list", "--kind", "clerk"));

    private async Task<JsonArray> ListAsync(params string[] filters) =>
        JsonNode.Parse(await _panel.VerbAsync(["audit", "list", .. filters, "--json"]))!.AsArray();
}
