using System.Text.Json.Nodes;

namespace PanelServer.Tests.Sandbox;

/// <summary>What each control call does, and what the resellers' contract then says (docs/integrating.md, "The sandbox").</summary>
public sealed class ControlTests
{
    private const string Beginning =
        """{"clock":"2026-01-01T00:00:00Z","seed":1,"counts":{"resellers":4,"services":19,"orders":0,"refills":0,"cancels":0,"due":0},"faults":[]}""";

    [Fact]
    public async Task The_overview_tells_clock_seed_counts_and_faults()
    {
        await using var panel = TestPanel.Sandbox();
        Assert.Equal(Beginning, await panel.ControlAsync("GET", "/sandbox"));

        await panel.OrderAsync();
        await panel.AdvanceAsync("00:00:30");

        Assert.Equal(
            """{"clock":"2026-01-01T00:00:30Z","seed":1,"counts":{"resellers":4,"services":19,"orders":1,"refills":0,"cancels":0,"due":1},"faults":[]}""",
            await panel.ControlAsync("GET", "/sandbox/"));
        Assert.Equal("""{"findings":[]}""", await panel.ControlAsync("GET", "/sandbox/verify"));
    }

    [Fact]
    public async Task The_clock_visits_each_due_instant_on_its_way()
    {
        await using var panel = TestPanel.Sandbox();
        var order = await panel.OrderAsync();

        Assert.Equal("""{"clock":"2026-01-01T00:01:00Z","passes":1}""", await panel.AdvanceAsync("00:01:00"));
        Assert.Equal("Processing", await StatusAsync(panel, order));
        Assert.Equal(
            """{"clock":"2026-02-01T00:00:00.500Z","passes":2}""",
            await panel.ControlAsync("POST", "/sandbox/clock", """{"to":"2026-02-01T00:00:00.5Z"}"""));
        Assert.Equal("Completed", await StatusAsync(panel, order));
        Assert.Equal("""{"clock":"2026-02-02T01:30:01.500Z","passes":0}""", await panel.AdvanceAsync("1.01:30:01"));
    }

    [Fact]
    public async Task A_reseller_reads_what_was_played_for_an_order()
    {
        await using var panel = TestPanel.Sandbox();
        var order = await panel.OrderAsync(quantity: 1000);

        Assert.Equal(
            """{"id":23501,"status":"In progress","start_count":3572,"remains":400,"charge":"0.90000"}""",
            await panel.ControlAsync("PUT", $"/sandbox/orders/{order}", """{"status":"In progress","start_count":3572,"remains":400}"""));
        Assert.Equal(
            """{"id":23501,"status":"In progress","start_count":3572,"remains":300,"charge":"0.90000"}""",
            await panel.ControlAsync("PUT", $"/sandbox/orders/{order}", """{"status":"In progress","remains":300}"""));
        Assert.Equal(
            """{"id":23501,"status":"In progress","start_count":3573,"remains":300,"charge":"0.90000"}""",
            await panel.ControlAsync("PUT", $"/sandbox/orders/{order}", """{"start_count":3573}"""));

        // It has left its script: no minute ends it.
        await panel.AdvanceAsync("01:00:00");
        Assert.Equal(
            """{"charge":"0.90000","start_count":"3573","status":"In progress","remains":"300","currency":"USD"}""",
            await panel.DemoAsync(("action", "status"), ("order", $"{order}")));

        await panel.ControlAsync("PUT", $"/sandbox/orders/{order}", """{"status":"Partial","remains":157}""");
        Assert.Equal(
            """{"charge":"0.75870","start_count":"3573","status":"Partial","remains":"157","currency":"USD"}""",
            await panel.DemoAsync(("action", "status"), ("order", $"{order}")));
    }

    [Fact]
    public async Task A_parent_follows_a_child_that_was_played()
    {
        await using var panel = TestPanel.Sandbox();
        await panel.DemoAsync(
            ("action", "add"), ("service", "1"), ("link", "https://example.com/drip"), ("quantity", "100"), ("runs", "2"), ("interval", "60"));
        Assert.Equal("""{"clock":"2026-01-01T00:00:30Z","passes":1}""", await panel.AdvanceAsync("00:00:30"));

        await panel.ControlAsync("PUT", "/sandbox/orders/23502", """{"status":"Partial","remains":40}""");
        Assert.Equal(
            """{"charge":"0.14400","start_count":"0","status":"In progress","remains":"140","currency":"USD","runs":"2","orders":["23502"]}""",
            await panel.DemoAsync(("action", "status"), ("order", "23501")));

        await panel.AdvanceAsync("02:00:00");
        Assert.Equal(
            """{"charge":"0.14400","start_count":"0","status":"Partial","remains":"40","currency":"USD","runs":"2","orders":["23502","23503"]}""",
            await panel.DemoAsync(("action", "status"), ("order", "23501")));
    }

    [Fact]
    public async Task Control_calls_at_once_are_carried_out_one_by_one()
    {
        await using var panel = TestPanel.Sandbox();
        await panel.OrderAsync(quantity: 1000, link: "https://sandbox.test/slow/10");

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(call => call % 3 == 0
            ? panel.ControlAsync("PUT", "/sandbox/resellers/rich", $$"""{"balance":{{call}}}""")
            : panel.AdvanceAsync("00:00:30")));

        Assert.Equal(30, answers.Distinct().Count());
        Assert.StartsWith("""{"clock":"2026-01-01T00:10:00Z",""", await panel.ControlAsync("GET", "/sandbox"), StringComparison.Ordinal);
        Assert.Equal(
            """{"charge":"0.90000","start_count":"0","status":"In progress","remains":"200","currency":"USD"}""",
            await panel.DemoAsync(("action", "status"), ("order", "23501")));
    }

    [Fact]
    public async Task A_played_refill_leaves_its_script()
    {
        await using var panel = TestPanel.Sandbox();
        var order = await panel.OrderAsync();
        await panel.AdvanceAsync("2.00:00:00");
        Assert.Equal("""{"refill":"1"}""", await panel.DemoAsync(("action", "refill"), ("order", $"{order}")));

        Assert.Equal(
            """{"id":1,"order":23501,"status":"In progress"}""",
            await panel.ControlAsync("PUT", "/sandbox/refills/1", """{"status":"In progress"}"""));
        await panel.AdvanceAsync("1.00:00:00");
        Assert.Equal("""{"status":"In progress"}""", await panel.DemoAsync(("action", "refill_status"), ("refill", "1")));

        await panel.ControlAsync("PUT", "/sandbox/refills/1", """{"status":"Rejected"}""");
        Assert.Equal("""{"status":"Rejected"}""", await panel.DemoAsync(("action", "refill_status"), ("refill", "1")));
    }

    [Theory]
    [InlineData("""{"accept":true,"remains":40}""", """{"id":23501,"status":"Partial","start_count":0,"remains":40,"charge":"0.05400"}""")]
    [InlineData("""{"accept":true}""", """{"id":23501,"status":"Canceled","start_count":0,"remains":100,"charge":"0.00000"}""")]
    [InlineData("""{"accept":true,"remains":0}""", """{"id":23501,"status":"Completed","start_count":0,"remains":0,"charge":"0.09000"}""")]
    [InlineData("""{"accept":false}""", """{"id":23501,"status":"Processing","start_count":0,"remains":100,"charge":"0.09000"}""")]
    public async Task A_cancel_request_is_answered_by_the_call(string answer, string state)
    {
        await using var panel = TestPanel.Sandbox();
        var order = await panel.OrderAsync(link: "https://sandbox.test/stuck");
        await panel.AdvanceAsync("00:01:00");
        Assert.Equal("""[{"order":23501,"cancel":1}]""", await panel.DemoAsync(("action", "cancel"), ("orders", $"{order}")));

        Assert.Equal(state, await panel.ControlAsync("PUT", $"/sandbox/cancels/{order}", answer));

        var (status, refused) = await panel.TryControlAsync("PUT", $"/sandbox/cancels/{order}", answer);
        Assert.Equal((400, """{"error":"order 23501 has no open cancel request"}"""), ((int)status, refused));
    }

    [Fact]
    public async Task A_refused_cancel_request_is_not_accepted_later()
    {
        await using var panel = TestPanel.Sandbox();
        var order = await panel.OrderAsync(link: "https://sandbox.test/stuck");
        await panel.AdvanceAsync("00:01:00");
        await panel.DemoAsync(("action", "cancel"), ("orders", $"{order}"));
        await panel.ControlAsync("PUT", $"/sandbox/cancels/{order}", """{"accept":false}""");

        await panel.AdvanceAsync("01:00:00");

        Assert.Equal("In progress", await StatusAsync(panel, order));
    }

    [Fact]
    public async Task Posts_appear_and_become_orders_after_the_delay()
    {
        await using var panel = TestPanel.Sandbox();
        var subscription = JsonNode.Parse(await panel.DemoAsync(
            ("action", "add"), ("service", "4"), ("username", "someone"), ("min", "20"), ("max", "20"), ("delay", "10"), ("posts", "3")))!["order"]!;

        Assert.Equal(
            """{"order":23501,"appeared":2}""",
            await panel.ControlAsync("POST", $"/sandbox/subscriptions/{subscription}/posts", """{"count":2}"""));
        Assert.Equal("""{"clock":"2026-01-01T00:10:00Z","passes":1}""", await panel.AdvanceAsync("00:10:00"));

        Assert.Equal(
            """{"charge":"0.00000","start_count":"0","status":"Active","remains":"1","currency":"USD","expiry":null,"posts":"2","orders":["23502","23503"]}""",
            await panel.DemoAsync(("action", "status"), ("order", $"{subscription}")));
    }

    [Theory]
    [InlineData("\"12.5\"", "12.50000")]
    [InlineData("12.5", "12.50000")]
    [InlineData("0", "0.00000")]
    [InlineData("\"100.84292\"", "100.84292")]
    [InlineData("1000000000000", "1000000000000.00000")]
    public async Task A_balance_is_set_by_a_payment(string balance, string shown)
    {
        await using var panel = TestPanel.Sandbox();

        Assert.Equal(
            $$"""{"name":"demo","balance":"{{shown}}"}""",
            await panel.ControlAsync("PUT", "/sandbox/resellers/demo", $$"""{"balance":{{balance}}}"""));
        Assert.Equal($$"""{"balance":"{{shown}}","currency":"USD"}""", await panel.DemoAsync(("action", "balance")));
    }

    [Fact]
    public async Task A_raised_balance_lets_a_paused_subscription_go_on()
    {
        await using var panel = TestPanel.Sandbox();
        await panel.ControlAsync("PUT", "/sandbox/resellers/demo", """{"balance":0}""");
        await panel.DemoAsync(
            ("action", "add"), ("service", "4"), ("username", "someone"), ("min", "20"), ("max", "20"), ("delay", "0"), ("posts", "1"));
        await panel.ControlAsync("POST", "/sandbox/subscriptions/23501/posts", """{"count":1}""");
        await panel.AdvanceAsync("00:01:00");
        Assert.Equal("Paused", await StatusAsync(panel, 23501));

        await panel.ControlAsync("PUT", "/sandbox/resellers/demo", """{"balance":1}""");
        Assert.Equal("Active", await StatusAsync(panel, 23501));
        await panel.AdvanceAsync("00:01:00");

        Assert.Equal("Completed", await StatusAsync(panel, 23501));
    }

    [Fact]
    public async Task A_live_panel_has_no_control_calls()
    {
        await using var panel = TestPanel.Live();

        var (status, body) = await panel.TryControlAsync("GET", "/sandbox");

        Assert.Equal((404, """{"error":"Not found"}"""), ((int)status, body));
    }

    private static async Task<string> StatusAsync(TestPanel panel, int order) =>
        (string)JsonNode.Parse(await panel.DemoAsync(("action", "status"), ("order", $"{order}")))!["status"]!;
}
