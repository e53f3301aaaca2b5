using System.Text.Json.Nodes;

namespace PanelServer.Tests.Orders;

/// <summary>Runs start when they are due, the parent follows them, and the parts are the whole (docs/contract.md, "Drip-feed").</summary>
public sealed class DripFeedTests : IAsyncLifetime
{
    private readonly TestPanel _panel = TestPanel.Sandbox();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _panel.DisposeAsync();

    [Fact]
    public async Task A_parent_plays_its_runs_to_the_end()
    {
        var parent = await SplitAsync(runs: 3, interval: 60);
        await AssertStatusAsync(parent, "0.30900", "Pending", 300, "");

        await _panel.AdvanceAsync("00:00:01");
        await AssertStatusAsync(parent, "0.30900", "In progress", 300, "23502");
        await _panel.AdvanceAsync("00:59:58");
        await AssertStatusAsync(parent, "0.30900", "In progress", 200, "23502");
        await _panel.AdvanceAsync("00:00:01");
        await AssertStatusAsync(parent, "0.30900", "In progress", 200, "23502 23503");
        await _panel.AdvanceAsync("01:02:59");
        await AssertStatusAsync(parent, "0.30900", "In progress", 100, "23502 23503 23504");
        await _panel.AdvanceAsync("00:00:01");
        await AssertStatusAsync(parent, "0.30900", "Completed", 0, "23502 23503 23504");
        Assert.Equal("99.53392", await BalanceAsync());
    }

    [Fact]
    public async Task The_last_run_takes_what_the_division_leaves()
    {
        // 0.00011 for three runs of one each: 3 + 3 + 5 ledger units.
        await _panel.VerbAsync("service", "edit", "18", "--rate", "0.03456", "--drip");
        await _panel.DemoAsync(("action", "add"), ("service", "18"), ("link", "https://example.com/p"), ("quantity", "1"), ("runs", "3"), ("interval", "1"));
        await _panel.AdvanceAsync("00:10:00");

        Assert.Equal(
            ["0.00011", "0.00003", "0.00003", "0.00005"],
            await Task.WhenAll(Enumerable.Range(23501, 4).Select(ChargeAsync)));
    }

    [Fact]
    public async Task What_a_run_gives_back_the_parent_gives_back()
    {
        var parent = await SplitAsync(runs: 2, interval: 10);
        await _panel.AdvanceAsync("00:00:01");
        await _panel.ControlAsync("PUT", "/sandbox/orders/23502", """{"status":"In progress","start_count":7,"remains":60}""");
        await AssertStatusAsync(parent, "0.20600", "In progress", 160, "23502");
        await _panel.ControlAsync("PUT", "/sandbox/orders/23502", """{"status":"Partial","remains":25}""");

        // floor(0.10300 × 25 / 100) goes back for the run, and shows in both.
        Assert.Equal("0.07725", await ChargeAsync(23502));
        await AssertStatusAsync(parent, "0.18025", "In progress", 125, "23502");

        await _panel.AdvanceAsync("00:13:00");
        await AssertStatusAsync(parent, "0.18025", "Partial", 25, "23502 23503");
    }

    [Fact]
    public async Task A_parent_of_which_everything_came_back_is_canceled()
    {
        var parent = await SplitAsync(runs: 2, interval: 10, link: "https://sandbox.test/cancel");
        await _panel.AdvanceAsync("01:00:00");

        await AssertStatusAsync(parent, "0.00000", "Canceled", 200, "23502 23503");
        Assert.Equal("99.84292", await BalanceAsync());
    }

    [Fact]
    public async Task A_parent_that_has_not_begun_is_canceled_whole()
    {
        var parent = await SplitAsync(runs: 3, interval: 60);
        Assert.Equal($$"""[{"order":{{parent}},"cancel":1}]""", await CancelAsync(parent));

        await _panel.AdvanceAsync("1.00:00:00");
        await AssertStatusAsync(parent, "0.00000", "Canceled", 300, "");
        Assert.Equal("99.84292", await BalanceAsync());
    }

    [Fact]
    public async Task A_cancel_pays_back_what_has_not_run_and_asks_for_what_runs()
    {
        var parent = await SplitAsync(runs: 3, interval: 60, link: "https://sandbox.test/slow/10");
        await _panel.AdvanceAsync("00:07:00");
        await AssertStatusAsync(parent, "0.30900", "In progress", 250, "23502");

        Assert.Equal($$"""[{"order":{{parent}},"cancel":1}]""", await CancelAsync(parent));
        await AssertStatusAsync(parent, "0.10300", "In progress", 250, "23502");
        Assert.Equal($$$"""[{"order":{{{parent}}},"cancel":{"error":"Order cannot be canceled"}}]""", await CancelAsync(parent));

        // The provider accepts a minute later, with 40 undelivered: floor(0.10300 × 40 / 100) goes back.
        await _panel.AdvanceAsync("00:01:00");
        Assert.Equal("0.06180", await ChargeAsync(23502));
        await AssertStatusAsync(parent, "0.06180", "Partial", 240, "23502");
        await _panel.AdvanceAsync("1.00:00:00");
        await AssertStatusAsync(parent, "0.06180", "Partial", 240, "23502");
    }

    [Fact]
    public async Task A_cancel_between_two_runs_ends_the_parent_at_once()
    {
        var parent = await SplitAsync(runs: 3, interval: 60);
        await _panel.AdvanceAsync("00:30:00");
        await CancelAsync(parent);

        await AssertStatusAsync(parent, "0.10300", "Partial", 200, "23502");
    }

    [Fact]
    public async Task An_operator_cancels_a_parent_with_its_runs()
    {
        var parent = await SplitAsync(runs: 3, interval: 60, link: "https://sandbox.test/stuck");
        await _panel.AdvanceAsync("01:30:00");
        await _panel.VerbAsync("order", "cancel", $"{parent}");

        await AssertStatusAsync(parent, "0.00000", "Canceled", 300, "23502 23503");
        Assert.Equal("99.84292", await BalanceAsync());
    }

    [Fact]
    public async Task A_parent_is_not_moved_by_hand()
    {
        var parent = await SplitAsync(runs: 3, interval: 60);
        foreach (var verb in new[] { "take", "start", "complete" })
        {
            var (exit, _, error) = await _panel.TryVerbAsync("order", verb, $"{parent}");

            Assert.Equal(1, exit);
            Assert.Contains($"order {parent} is worked off by its children", error, StringComparison.Ordinal);
        }

        await AssertStatusAsync(parent, "0.30900", "Pending", 300, "");
    }

    [Fact]
    public async Task A_link_is_free_again_when_the_parent_ends()
    {
        await _panel.VerbAsync("service", "edit", "1", "--deny-duplicates", "true");
        await SplitAsync(runs: 2, interval: 10);
        await _panel.AdvanceAsync("00:05:00");
        Assert.Contains("active order with this link", await OrderTextAsync(), StringComparison.Ordinal);

        await _panel.AdvanceAsync("00:10:00");
        Assert.Equal("""{"order":23504}""", await OrderTextAsync());
    }

    [Fact]
    public async Task Price_changes_do_not_touch_what_is_under_way()
    {
        var parent = await SplitAsync(runs: 2, interval: 10);
        await _panel.AdvanceAsync("00:00:01");
        await _panel.VerbAsync("service", "edit", "1", "--rate", "500");
        await _panel.AdvanceAsync("00:10:00");

        Assert.Equal(["0.10300", "0.10300"], await Task.WhenAll(ChargeAsync(23502), ChargeAsync(23503)));
        await AssertStatusAsync(parent, "0.20600", "In progress", 100, "23502 23503");
    }

    private Task<string> OrderTextAsync() => _panel.DemoAsync(
        ("action", "add"), ("service", "1"), ("link", "https://example.com/drip"), ("quantity", "100"));

    /// <summary>A hundred for each run, at 1.03 a thousand.</summary>
    private async Task<int> SplitAsync(int runs, int interval, string link = "https://example.com/drip")
    {
        await _panel.VerbAsync("service", "edit", "1", "--rate", "1.03");
        await _panel.ControlAsync("PUT", "/sandbox/resellers/demo", """{"balance":"99.84292"}""");
        var answer = await _panel.DemoAsync(
            ("action", "add"), ("service", "1"), ("link", link), ("quantity", "100"), ("runs", $"{runs}"), ("interval", $"{interval}"));
        return JsonNode.Parse(answer)!["order"]!.GetValue<int>();
    }

    private async Task AssertStatusAsync(int parent, string charge, string status, int remains, string children)
    {
        var order = await StatusAsync(parent);
        Assert.Equal(
            (charge, status, $"{remains}", children),
            (Text(order, "charge"), Text(order, "status"), Text(order, "remains"), string.Join(' ', order["orders"]!.AsArray())));
    }

    private async Task<string> ChargeAsync(int order) => Text(await StatusAsync(order), "charge");

    private async Task<JsonNode> StatusAsync(int order) =>
        JsonNode.Parse(await _panel.DemoAsync(("action", "status"), ("order", $"{order}")))!;

    private Task<string> CancelAsync(int order) => _panel.DemoAsync(("action", "cancel"), ("order", $"{order}"));

    private async Task<string> BalanceAsync() => Text(JsonNode.Parse(await _panel.DemoAsync(("action", "balance")))!, "balance");

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
