namespace PanelServer.Tests.Cli;

/// <summary>Pausing, reviews, posts, failed refills: what the verbs do and what resellers then see.</summary>
public sealed class OperatorVerbTests : IAsyncLifetime
{
    private readonly TestPanel _panel = TestPanel.Sandbox();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _panel.DisposeAsync();

    [Fact]
    public async Task A_paused_drip_feed_starts_no_run_until_it_is_resumed()
    {
        var order = await DripAsync();
        await _panel.AdvanceAsync("00:00:01");
        Assert.Equal($"order {order} is paused: no further run starts", await _panel.VerbAsync("order", "pause", $"{order}"));
        Assert.Equal((1, "", $"order {order} has no run to hold back: it is paused already, or all have started"), await _panel.TryVerbAsync("order", "pause", $"{order}"));

        await _panel.AdvanceAsync("10:00:00");
        Assert.Contains($"\"orders\":[\"{order + 1}\"]", await StatusAsync(order), StringComparison.Ordinal);

        Assert.Equal($$"""{"order":{{order}},"paused":false}""", await _panel.VerbAsync("order", "resume", $"{order}", "--json"));
        Assert.Equal((1, "", $"order {order} has no run to let go on: it is not paused"), await _panel.TryVerbAsync("order", "resume", $"{order}"));
        await _panel.AdvanceAsync("10:00:00");
        Assert.Contains($"\"orders\":[\"{order + 1}\",\"{order + 2}\",\"{order + 3}\"]", await StatusAsync(order), StringComparison.Ordinal);
        Assert.Equal(
            [$"order pause order {order}", $"order resume order {order}"],
            Books.Rows(_panel, "SELECT action, subject FROM audit WHERE action LIKE 'order %'"));
    }

    [Fact]
    public async Task A_canceled_drip_feed_can_be_paused_no_more()
    {
        var order = await DripAsync();
        await _panel.VerbAsync("order", "pause", $"{order}");
        await _panel.VerbAsync("order", "cancel", $"{order}");

        Assert.Equal(1, (await _panel.TryVerbAsync("order", "resume", $"{order}")).Exit);
        Assert.Equal("""{"balance":"100.84292","currency":"USD"}""", await _panel.DemoAsync(("action", "balance")));
    }

    [Fact]
    public async Task What_a_provider_says_of_a_final_order_is_looked_at_and_closed()
    {
        var order = await _panel.OrderAsync(link: "https://sandbox.test/unknown");
        Assert.Equal("no open reviews", await _panel.VerbAsync("review", "list"));
        await _panel.AdvanceAsync("00:01:00");

        Assert.Equal(
            $"""
            ORDER  STATE    KIND     OPENED                SAID
            {order}  Pending  sending  2026-01-01 00:01:00Z  the provider's answer was lost: it may have the order
            """,
            await _panel.VerbAsync("review", "list"));
        Assert.Equal(
            (1, "", "a note is one line of 1 to 1000 characters"),
            await _panel.TryVerbAsync("review", "close", $"{order}", "--note", " "));
        Assert.Equal($"review of order {order} closed", await _panel.VerbAsync("review", "close", $"{order}", "--note", "it has it"));
        Assert.Equal((1, "", $"order {order} has no open review"), await _panel.TryVerbAsync("review", "close", $"{order}", "--note", "again"));
        Assert.Equal("[]", await _panel.VerbAsync("review", "list", "--json"));
        Assert.Equal([$"review close order {order} it has it"], Books.Rows(_panel, "SELECT action, subject, detail FROM audit WHERE action LIKE 'review%'"));
    }

    [Fact]
    public async Task Posts_that_an_operator_tells_of_become_orders()
    {
        var order = await SubscriptionAsync();

        Assert.Equal(
            $"subscription {order}: new posts 2, known before 0",
            await _panel.VerbAsync("subscription", "post", $"{order}", "https://example.com/p/1", "https://example.com/p/2"));
        Assert.Equal(
            $$"""{"order":{{order}},"appeared":1,"known":2}""",
            await _panel.VerbAsync("subscription", "post", $"{order}", "https://example.com/p/2", "https://example.com/p/3", "https://example.com/p/3", "--json"));
        Assert.Equal(
            $$"""
            ID     RESELLER  SERVICE  STATE   ORDERED  OF  WAITING  NEXT DUE              EXPIRES  DETAILS
            {{order}}  demo      4        Active  0        5   3        2026-01-01 00:05:00Z  -        {"username":"someone"}
            """,
            await _panel.VerbAsync("subscription", "list"));

        await _panel.AdvanceAsync("00:05:00");
        Assert.Contains("\"posts\":\"3\"", await StatusAsync(order), StringComparison.Ordinal);
        Assert.Equal(
            [$"subscription post order {order} 2 new of 2", $"subscription post order {order} 1 new of 3"],
            Books.Rows(_panel, "SELECT action, subject, detail FROM audit WHERE action LIKE 'subscription%' ORDER BY id"));
    }

    [Fact]
    public async Task A_refill_may_fail()
    {
        var order = await _panel.OrderAsync();
        await _panel.VerbAsync("order", "complete", $"{order}");
        await _panel.AdvanceAsync("1.00:00:00");
        await _panel.DemoAsync(("action", "refill"), ("order", $"{order}"));

        Assert.Equal("REFILL  IS\n1       Error\nmoved 1, skipped 0", (await _panel.VerbAsync("refill", "error", "1")).ReplaceLineEndings("\n"));
        Assert.Equal("""{"status":"Error"}""", await _panel.DemoAsync(("action", "refill_status"), ("refill", "1")));
        Assert.Equal((1, "moved 0, skipped 1", "refill 1 is Error and cannot become Completed"), await _panel.TryVerbAsync("refill", "complete", "1"));
    }

    [Theory]
    [InlineData("order correct 1 --to Paused --reason x")]
    [InlineData("order correct 1 --to Completed")]
    [InlineData("order correct 1 --reason x")]
    [InlineData("order correct --to Completed --reason x")]
    [InlineData("order pause")]
    [InlineData("order resume 1 2")]
    [InlineData("review close 1")]
    [InlineData("subscription post 1")]
    public async Task Wrong_usage_ends_with_two(string verb) => Assert.Equal(2, (await _panel.TryVerbAsync(verb.Split(' '))).Exit);

    [Theory]
    [InlineData("there is no order 5", "order correct 5 --to Completed --reason x")]
    [InlineData("there is no order 5", "order pause 5")]
    [InlineData("there is no order 5", "order resume 5")]
    [InlineData("order 5 has no open review", "review close 5 --note x")]
    [InlineData("there is no order 5", "subscription post 5 https://example.com/p")]
    [InlineData("there is no refill 5", "refill error 5")]
    [InlineData("order 23501 is not split into runs: only runs are paused", "order pause 23501")]
    [InlineData("order 23501 is no subscription: posts appear to subscriptions only", "subscription post 23501 https://example.com/p")]
    [InlineData("order 23503 is Active and cannot become Completed; possible: Canceled", "order complete 23503")]
    [InlineData("subscription 23502 is Canceled: it takes no more posts", "subscription post 23502 https://example.com/p")]
    public async Task A_refusal_is_one_line_and_changes_nothing(string why, string verb)
    {
        await _panel.OrderAsync();
        await _panel.VerbAsync("order", "cancel", $"{await SubscriptionAsync()}");
        await SubscriptionAsync();
        var before = Books.All(_panel);

        var (exit, output, error) = await _panel.TryVerbAsync(verb.Split(' '));

        Assert.Equal((1, why), (exit, error));
        Assert.DoesNotContain("moved 1", output, StringComparison.Ordinal);
        Assert.Equal(before, Books.All(_panel));
    }

    [Theory]
    [InlineData("order", "correct")]
    [InlineData("order", "pause")]
    [InlineData("order", "resume")]
    [InlineData("order", "cancel")]
    [InlineData("review", "list")]
    [InlineData("review", "close")]
    [InlineData("subscription", "post")]
    [InlineData("subscription", "list")]
    [InlineData("refill", "error")]
    [InlineData("task", "list")]
    public async Task Help_has_an_example(params string[] verb) =>
        Assert.Contains(
            $"Example:{Environment.NewLine}  panelserver {string.Join(' ', verb)}",
            (await _panel.VerbAsync([.. verb, "--help"])).ReplaceLineEndings(),
            StringComparison.Ordinal);

    private async Task<int> DripAsync()
    {
        await _panel.DemoAsync(
            ("action", "add"), ("service", "1"), ("link", "https://example.com/p/1"), ("quantity", "50"), ("runs", "3"), ("interval", "60"));
        return 23_501;
    }

    private async Task<int> SubscriptionAsync()
    {
        var answer = await _panel.DemoAsync(
            ("action", "add"), ("service", "4"), ("username", "someone"), ("min", "20"), ("max", "20"), ("delay", "5"), ("posts", "5"));
        return (int)System.Text.Json.Nodes.JsonNode.Parse(answer)!["order"]!;
    }

    private Task<string> StatusAsync(int order) => _panel.DemoAsync(("action", "status"), ("order", $"{order}"));
}
