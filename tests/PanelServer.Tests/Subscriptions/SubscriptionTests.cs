using System.Text.Json.Nodes;

namespace PanelServer.Tests.Subscriptions;

/// <summary>Posts appear and become orders, funds run out and come back, and every end there is (docs/contract.md, "Subscription").</summary>
public sealed class SubscriptionTests : IAsyncLifetime
{
    private const int Subscription = 23501;
    private const string Poor = "sandbox-poor-key";

    private readonly TestPanel _panel = TestPanel.Sandbox();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _panel.DisposeAsync();

    [Fact]
    public async Task A_post_becomes_an_order_when_its_delay_has_passed()
    {
        await SubscribeAsync(TestPanel.DemoKey, ("delay", "30"), ("posts", "5"));
        await AppearAsync(1);
        await _panel.AdvanceAsync("00:29:59");
        await AssertStatusAsync(TestPanel.DemoKey, "Active", remains: 5, posts: 0, "");

        await _panel.AdvanceAsync("00:00:01");
        await AssertStatusAsync(TestPanel.DemoKey, "Active", remains: 4, posts: 1, "23502");

        // Drawn in 20 … 50 from the sandbox's seed, and charged at 1.20 a thousand.
        Assert.Equal(
            """{"charge":"0.04800","start_count":"0","status":"Pending","remains":"40","currency":"USD"}""",
            await _panel.DemoAsync(("action", "status"), ("order", "23502")));
        Assert.Equal("100.79492", await BalanceAsync(TestPanel.DemoKey));
    }

    [Fact]
    public async Task It_is_completed_when_the_last_post_is_ordered_for()
    {
        await SubscribeAsync(TestPanel.DemoKey, ("delay", "0"), ("posts", "1"), ("old_posts", "2"));
        await AppearAsync(2);
        await _panel.AdvanceAsync("00:00:01");
        await AssertStatusAsync(TestPanel.DemoKey, "Active", remains: 1, posts: 2, "23502 23503");
        await AppearAsync(5);
        await _panel.AdvanceAsync("00:00:01");

        await AssertStatusAsync(TestPanel.DemoKey, "Completed", remains: 0, posts: 3, "23502 23503 23504");
        var (status, refusal) = await _panel.TryControlAsync("POST", $"/sandbox/subscriptions/{Subscription}/posts", """{"count":1}""");
        Assert.Equal((400, """{"error":"subscription 23501 is Completed: it takes no more posts"}"""), ((int)status, refusal));
    }

    [Fact]
    public async Task Without_funds_it_pauses_and_a_deposit_lets_the_oldest_post_go_first()
    {
        await SubscribeAsync(Poor, ("delay", "0"));
        await SubscribeAsync(Poor, ("delay", "0"));
        await AppearAsync(1, Subscription + 1);
        await _panel.AdvanceAsync("00:01:00");
        await AppearAsync(2);
        await _panel.AdvanceAsync("00:01:00");
        await AppearAsync(1, Subscription + 1);
        await _panel.AdvanceAsync("00:01:00");
        await AssertStatusAsync(Poor, "Paused", remains: 0, posts: 0, "");
        await AssertStatusAsync(Poor, "Paused", remains: 0, posts: 0, "", Subscription + 1);

        await _panel.ControlAsync("PUT", "/sandbox/resellers/poor", """{"balance":"10"}""");
        await AssertStatusAsync(Poor, "Active", remains: 0, posts: 0, "");
        await _panel.AdvanceAsync("00:00:01");

        await AssertStatusAsync(Poor, "Active", remains: 0, posts: 2, "23504 23505");
        await AssertStatusAsync(Poor, "Active", remains: 0, posts: 2, "23503 23506", Subscription + 1);
    }

    [Fact]
    public async Task A_deposit_that_is_too_small_pauses_it_again()
    {
        await SubscribeAsync(Poor, ("delay", "0"));
        await AppearAsync(2);
        await _panel.AdvanceAsync("00:00:01");
        await _panel.VerbAsync("reseller", "deposit", "poor", "0.06", "--note", "a little");
        await _panel.AdvanceAsync("00:00:01");

        // 0.06 is enough for one post of 20 to 50, and not for two.
        await AssertStatusAsync(Poor, "Paused", remains: 0, posts: 1, "23502");
        await _panel.VerbAsync("reseller", "deposit", "poor", "1", "--note", "more");
        await _panel.AdvanceAsync("00:00:01");
        await AssertStatusAsync(Poor, "Active", remains: 0, posts: 2, "23502 23503");
    }

    [Theory]
    [InlineData(TestPanel.DemoKey)]
    [InlineData(Poor)]
    public async Task Its_last_day_ends_it_paused_or_not_and_drops_what_was_not_ordered_for(string key)
    {
        await SubscribeAsync(key, ("delay", "600"), ("expiry", "02/01/2026"));
        await AppearAsync(1);
        await _panel.AdvanceAsync("1.20:00:00");
        await AppearAsync(3);
        await _panel.AdvanceAsync("03:59:59");
        Assert.Equal(key == Poor ? "Paused" : "Active", Text(await StatusAsync(key), "status"));

        await _panel.AdvanceAsync("00:00:01");
        await AssertStatusAsync(key, "Expired", remains: 0, posts: key == Poor ? 0 : 1, key == Poor ? "" : "23502");
        Assert.Equal("""{"clock":"2026-02-12T00:00:00Z","passes":0}""", await _panel.AdvanceAsync("40.00:00:00"));
    }

    [Fact]
    public async Task Canceled_it_takes_no_more_posts_and_its_children_go_on()
    {
        await SubscribeAsync(TestPanel.DemoKey, ("delay", "0"));
        await AppearAsync(1);
        await _panel.AdvanceAsync("00:00:01");
        await AppearAsync(1);
        Assert.Equal(
            """[{"order":23501,"cancel":1}]""",
            await _panel.DemoAsync(("action", "cancel"), ("order", $"{Subscription}")));

        await _panel.AdvanceAsync("00:10:00");
        await AssertStatusAsync(TestPanel.DemoKey, "Canceled", remains: 0, posts: 1, "23502");
        Assert.Contains("\"status\":\"Completed\"", await _panel.DemoAsync(("action", "status"), ("order", "23502")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_costs_what_the_reseller_pays_when_it_is_made()
    {
        await SubscribeAsync(TestPanel.DemoKey, ("delay", "5"));
        await AppearAsync(2);
        await _panel.VerbAsync("service", "edit", "4", "--rate", "100");
        await _panel.VerbAsync("reseller", "discount", "demo", "50%");
        await _panel.AdvanceAsync("00:05:00");

        // 40 and 43 were drawn, at half of 100 a thousand.
        Assert.Equal("96.69292", await BalanceAsync(TestPanel.DemoKey));
    }

    [Fact]
    public async Task A_child_gives_back_its_own_money()
    {
        await SubscribeAsync(TestPanel.DemoKey, ("delay", "0"));
        await AppearAsync(1);
        await _panel.AdvanceAsync("00:00:01");
        await _panel.ControlAsync("PUT", "/sandbox/orders/23502", """{"status":"Partial","remains":10}""");

        Assert.Equal("100.80692", await BalanceAsync(TestPanel.DemoKey));
        Assert.Equal("0.00000", Text(await StatusAsync(TestPanel.DemoKey), "charge"));
    }

    [Fact]
    public async Task A_completed_parent_is_not_refilled()
    {
        await _panel.VerbAsync("service", "edit", "4", "--refill", "30", "--refill-hours", "0");
        await SubscribeAsync(TestPanel.DemoKey, ("delay", "0"), ("posts", "1"));
        await AppearAsync(1);
        await _panel.AdvanceAsync("00:10:00");

        Assert.Equal("""{"error":"Refill not available"}""", await _panel.DemoAsync(("action", "refill"), ("order", $"{Subscription}")));
        Assert.Equal("""{"refill":"1"}""", await _panel.DemoAsync(("action", "refill"), ("order", "23502")));
    }

    private async Task SubscribeAsync(string key, params (string Name, string Value)[] more) => Assert.Contains(
        "\"order\":",
        await _panel.CallAsync(key, [("action", "add"), ("service", "4"), ("username", "someone"), ("min", "20"), ("max", "50"), .. more]),
        StringComparison.Ordinal);

    private Task AppearAsync(int count, int subscription = Subscription) =>
        _panel.ControlAsync("POST", $"/sandbox/subscriptions/{subscription}/posts", $$"""{"count":{{count}}}""");

    private async Task AssertStatusAsync(string key, string status, int remains, int posts, string children, int subscription = Subscription)
    {
        var order = await StatusAsync(key, subscription);
        Assert.Equal(
            (status, $"{remains}", $"{posts}", children),
            (Text(order, "status"), Text(order, "remains"), Text(order, "posts"), string.Join(' ', order["orders"]!.AsArray())));
    }

    private async Task<JsonNode> StatusAsync(string key, int subscription = Subscription) =>
        JsonNode.Parse(await _panel.CallAsync(key, ("action", "status"), ("order", $"{subscription}")))!;

    private async Task<string> BalanceAsync(string key) => Text(JsonNode.Parse(await _panel.CallAsync(key, ("action", "balance")))!, "balance");

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
