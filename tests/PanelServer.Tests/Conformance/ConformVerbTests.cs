using System.Text.Json.Nodes;
using PanelServer.Tests.Processes;

namespace PanelServer.Tests.Conformance;

/// <summary><c>conform</c> as a person runs it, against this program itself.</summary>
[Trait("Category", "Process")]
public sealed class ConformVerbTests : IAsyncLifetime
{
    private const string Key = "sandbox-demo-key";

    private PanelFolder Folder { get; } = new() { Sandbox = true };
    private PanelProcess? _server;

    private string Url => $"{_server!.Address.ToString().TrimEnd('/')}/api/v2";

    public async Task InitializeAsync() => _server = await Folder.ServeAsync();

    public async Task DisposeAsync()
    {
        await Folder.VerifyAsync();
        await _server!.DisposeAsync();
        Folder.Dispose();
    }

    [Fact]
    public async Task This_server_scores_all_of_it_and_nothing_is_changed()
    {
        using var caller = _server!.Caller(Key);
        var before = await caller.BalanceAsync();

        var card = await CardAsync(Url, Key);

        Assert.Equal(100, (int?)card["score"]);
        Assert.Equal((int?)card["of"], (int?)card["passed"]);
        Assert.Empty(Others(card, "pass"));
        Assert.Empty(card["orders"]!.AsArray());
        Assert.Equal(before, await caller.BalanceAsync());
        Assert.Empty((await Folder.JsonAsync("order", "list")).AsArray());
        Assert.Empty((await Folder.JsonAsync("task", "list")).AsArray());
    }

    [Fact]
    public async Task This_server_scores_all_of_it_with_orders_too()
    {
        var card = await CardAsync(Url, Key, "--orders");

        Assert.Equal(100, (int?)card["score"]);
        Assert.Empty(Others(card, "pass"));
        Assert.Equal([23501], card["orders"]!.AsArray().Select(order => (int?)order));
        Assert.Single((await Folder.JsonAsync("order", "list")).AsArray());
        Assert.True((int?)card["of"] > (int?)(await CardAsync(Url, Key))["of"]);
    }

    [Fact]
    public async Task The_service_that_is_ordered_can_be_chosen()
    {
        var card = await CardAsync(Url, Key, "--orders", "--service", "18", "--link", "https://example.com/mine");

        Assert.Equal(100, (int?)card["score"]);
        var order = (await Folder.JsonAsync("order", "show", "23501")).ToJsonString();
        Assert.Contains("https://example.com/mine", order, StringComparison.Ordinal);
        Assert.Contains("\"service\":18", order, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_older_wording_differs_only_where_the_market_does()
    {
        var card = await CardAsync(Url.Replace("v2", "v1", StringComparison.Ordinal), Key, "--orders");

        Assert.Equal(100, (int?)card["score"]);
        Assert.Contains("balance is a string with five decimals", Others(card, "pass"));
    }

    [Fact]
    public async Task A_person_reads_a_line_for_each_check_and_the_score_at_the_end()
    {
        // Without a path the endpoint is found.
        var said = (await PanelProcess.RunAsync(["conform", _server!.Address.ToString(), Key])).Done();

        var lines = said.Output.TrimEnd().Split('\n');
        Assert.Equal($"{Url}; nothing was ordered", lines[0]);
        Assert.Contains("  pass  balance is a string with five decimals", lines);
        Assert.Matches("^score 100 % \\(([0-9]+) of \\1\\)$", lines[^1]);
        Assert.Empty(said.Errors);
        Assert.DoesNotContain(Key, said.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a-key-of-nobody", "Invalid API key")]
    [InlineData("sandbox-suspended-key", "Account suspended")]
    public async Task A_key_that_is_refused_ends_the_judgement(string key, string text)
    {
        var refused = (await PanelProcess.RunAsync(["conform", Url, key])).Refused(text, Url);
        Assert.DoesNotContain(key, refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_cannot_pay_is_told_by_the_check_that_orders()
    {
        var poor = await PanelProcess.RunAsync(["conform", Url, "sandbox-poor-key", "--orders"]);

        Assert.Equal(1, poor.ExitCode);
        Assert.Contains("FAIL  an order is taken", poor.Output, StringComparison.Ordinal);
        Assert.Contains("got     {\"error\":\"Not enough funds on balance\"}", poor.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("19")]
    [InlineData("4711")]
    public async Task A_service_that_cannot_be_ordered_is_named(string service) =>
        (await PanelProcess.RunAsync(["conform", Url, Key, "--orders", "--service", service])).Refused($"no service {service} ", "--service");

    private static async Task<JsonNode> CardAsync(params string[] arguments) =>
        JsonNode.Parse((await PanelProcess.RunAsync(["conform", .. arguments, "--json"])).Done().Output)!;

    /// <summary>The names of the checks that did not end like this.</summary>
    private static IEnumerable<string> Others(JsonNode card, string outcome) =>
        from check in card["checks"]!.AsArray()
        where (string?)check!["outcome"] != outcome
        select (string)check["name"]!;
}
