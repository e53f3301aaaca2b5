namespace PanelServer.Tests.ResellerApi;

/// <summary>What an operator does and a reseller sees: states, money back, refills, cancels (docs/contract.md, "Lifecycle").</summary>
public sealed class LifecycleTests : IAsyncLifetime
{
    private readonly TestPanel _panel = TestPanel.Sandbox();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _panel.DisposeAsync();

    [Fact]
    public async Task A_partial_order_gives_back_the_rest_once()
    {
        var order = await _panel.OrderAsync(quantity: 999);
        await _panel.VerbAsync("order", "start", $"{order}", "--start-count", "3572");
        await _panel.VerbAsync("order", "partial", $"{order}", "--remains", "157");
        var (exit, _, error) = await _panel.TryVerbAsync("order", "partial", $"{order}", "--remains", "900");

        // 0.89910 charged; floor(0.89910 × 157 / 999) = 0.14130 goes back.
        Assert.Equal(
            """{"charge":"0.75780","start_count":"3572","status":"Partial","remains":"157","currency":"USD"}""",
            await StatusAsync(order));
        Assert.Equal("""{"balance":"100.08512","currency":"USD"}""", await _panel.DemoAsync(("action", "balance")));
        Assert.Equal((1, $"order {order} is Partial and cannot become Partial; it is final"), (exit, error));
    }

    [Theory]
    [InlineData("0", "Completed", "0.09000")]
    [InlineData("100", "Canceled", "0.00000")]
    public async Task A_partial_end_is_what_its_remains_say(string remains, string status, string charge)
    {
        var order = await _panel.OrderAsync();
        await _panel.VerbAsync("order", "partial", $"{order}", "--remains", remains);

        Assert.Contains($"\"charge\":\"{charge}\",\"start_count\":\"0\",\"status\":\"{status}\"", await StatusAsync(order), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_canceled_order_keeps_its_last_known_remains()
    {
        var order = await _panel.OrderAsync();
        await _panel.VerbAsync("order", "start", $"{order}", "--start-count", "7");
        await _panel.VerbAsync("order", "progress", $"{order}", "--remains", "40");
        await _panel.VerbAsync("order", "cancel", $"{order}");

        Assert.Equal(
            """{"charge":"0.00000","start_count":"7","status":"Canceled","remains":"40","currency":"USD"}""",
            await StatusAsync(order));
    }

    [Theory]
    [InlineData("101")]
    [InlineData("-1")]
    public async Task Remains_outside_the_quantity_are_refused(string remains)
    {
        var order = await _panel.OrderAsync();
        var (exit, _, error) = await _panel.TryVerbAsync("order", "partial", $"{order}", "--remains", remains);

        Assert.Equal((1, $"order {order}: remains must be within 0 and 100, not {remains}"), (exit, error));
        Assert.Contains("\"status\":\"Pending\"", await StatusAsync(order), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queued_order_is_canceled_at_once_and_a_taken_one_waits_for_a_word()
    {
        var (queued, taken) = (await _panel.OrderAsync(), await _panel.OrderAsync());
        await _panel.VerbAsync("order", "take", $"{taken}");

        Assert.Equal(
            $$"""[{"order":{{queued}},"cancel":1},{"order":{{taken}},"cancel":1}]""",
            await _panel.DemoAsync(("action", "cancel"), ("orders", $"{queued},{taken}")));
        Assert.Contains("\"status\":\"Canceled\"", await StatusAsync(queued), StringComparison.Ordinal);
        Assert.Contains("\"charge\":\"0.09000\",\"start_count\":\"0\",\"status\":\"Processing\"", await StatusAsync(taken), StringComparison.Ordinal);
        Assert.Equal(
            $$$"""[{"order":{{{taken}}},"cancel":{"error":"Order cannot be canceled"}}]""",
            await _panel.DemoAsync(("action", "cancel"), ("order", $"{taken}")));

        await _panel.VerbAsync("cancel", "refuse", $"{taken}");
        Assert.Equal($$"""[{"order":{{taken}},"cancel":1}]""", await _panel.DemoAsync(("action", "cancel"), ("order", $"{taken}")));
        await _panel.VerbAsync("cancel", "accept", $"{taken}", "--remains", "40");
        Assert.Equal(
            """{"charge":"0.05400","start_count":"0","status":"Partial","remains":"40","currency":"USD"}""",
            await StatusAsync(taken));
        Assert.Equal(1, (await _panel.TryVerbAsync("cancel", "accept", $"{taken}")).Exit);
    }

    [Fact]
    public async Task An_order_that_ends_by_itself_overtakes_its_cancel_request()
    {
        var order = await _panel.OrderAsync();
        await _panel.VerbAsync("order", "take", $"{order}");
        await _panel.DemoAsync(("action", "cancel"), ("orders", $"{order}"));
        await _panel.VerbAsync("order", "complete", $"{order}");

        Assert.Equal(1, (await _panel.TryVerbAsync("cancel", "accept", $"{order}")).Exit);
        Assert.Contains("Overtaken", await _panel.VerbAsync("cancel", "list"), StringComparison.Ordinal);
        Assert.Contains("\"charge\":\"0.09000\"", await StatusAsync(order), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_offers_no_cancel_refuses_it()
    {
        await _panel.DemoAsync(("action", "add"), ("service", "18"), ("link", "https://e.com"), ("quantity", "1"));

        Assert.Equal(
            """[{"order":23501,"cancel":{"error":"Order cannot be canceled"}}]""",
            await _panel.DemoAsync(("action", "cancel"), ("orders", "23501")));
    }

    [Fact]
    public async Task A_refill_is_offered_after_its_time_and_once_at_a_time()
    {
        var order = await _panel.OrderAsync();
        const string NotAvailable = """{"error":"Refill not available"}""";
        Task<string> RefillAsync() => _panel.DemoAsync(("action", "refill"), ("order", $"{order}"));
        Task<string> RefillStatusAsync() => _panel.DemoAsync(("action", "refill_status"), ("refill", "1"));

        Assert.Equal(NotAvailable, await RefillAsync());
        await _panel.VerbAsync("order", "complete", $"{order}");
        Assert.Equal(NotAvailable, await RefillAsync());
        await _panel.VerbAsync("service", "edit", "1", "--refill-hours", "0");
        Assert.Equal("""{"refill":"1"}""", await RefillAsync());
        Assert.Equal(NotAvailable, await RefillAsync());
        Assert.Equal("""{"status":"Pending"}""", await RefillStatusAsync());
        await _panel.VerbAsync("refill", "start", "1");
        Assert.Equal("""{"status":"In progress"}""", await RefillStatusAsync());
        await _panel.VerbAsync("refill", "reject", "1");
        Assert.Equal("""{"status":"Rejected"}""", await RefillStatusAsync());
        Assert.Equal(1, (await _panel.TryVerbAsync("refill", "complete", "1")).Exit);
        Assert.Equal("""{"refill":"2"}""", await RefillAsync());
        Assert.Equal(
            """{"error":"Refill not found"}""",
            await _panel.CallAsync("sandbox-rich-key", ("action", "refill_status"), ("refill", "1")));
    }

    [Fact]
    public async Task An_operator_may_send_a_running_order_back()
    {
        var order = await _panel.OrderAsync();
        await _panel.VerbAsync("order", "start", $"{order}");
        await _panel.VerbAsync("order", "take", $"{order}");

        Assert.Contains("\"status\":\"Processing\"", await StatusAsync(order), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_running_order_with_the_same_link_can_be_denied()
    {
        await _panel.VerbAsync("service", "edit", "1", "--deny-duplicates");
        (string, string)[] add = [("action", "add"), ("service", "1"), ("link", "https://example.com/p/1"), ("quantity", "100")];

        Assert.Equal("""{"order":23501}""", await _panel.DemoAsync(add));
        Assert.Equal(
            """{"error":"You have active order with this link. Please wait until order being completed."}""",
            await _panel.DemoAsync(add));
        Assert.Equal("""{"order":23502}""", await _panel.CallAsync("sandbox-rich-key", add));
        await _panel.VerbAsync("order", "complete", "23501");
        Assert.Equal("""{"order":23503}""", await _panel.DemoAsync(add));
    }

    [Fact]
    public async Task A_drip_feed_is_charged_whole_and_says_its_runs()
    {
        await _panel.DemoAsync(
            ("action", "add"), ("service", "1"), ("link", "https://e.com"), ("quantity", "100"), ("runs", "3"), ("interval", "60"));

        Assert.Equal(
            """{"charge":"0.27000","start_count":"0","status":"Pending","remains":"300","currency":"USD","runs":"3","orders":[]}""",
            await StatusAsync(23501));
        Assert.Equal("""[{"order":23501,"cancel":1}]""", await _panel.DemoAsync(("action", "cancel"), ("orders", "23501")));
        Assert.Equal("""{"balance":"100.84292","currency":"USD"}""", await _panel.DemoAsync(("action", "balance")));
    }

    [Theory]
    [InlineData("31/12/9999")]
    [InlineData("01/01/2026")]
    public async Task A_subscription_may_end_on_any_day_from_today_to_the_last(string expiry)
    {
        await _panel.DemoAsync(
            ("action", "add"), ("service", "4"), ("username", "name"), ("min", "20"), ("max", "30"), ("delay", "0"), ("expiry", expiry));

        Assert.Contains($"\"expiry\":\"{expiry}\"", await StatusAsync(23501), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscription_costs_nothing_by_itself_and_is_canceled_at_once()
    {
        await _panel.CallAsync(
            "sandbox-poor-key",
            ("action", "add"), ("service", "4"), ("username", "name"), ("min", "20"), ("max", "30"), ("posts", "5"), ("old_posts", "2"),
            ("delay", "90"), ("expiry", "31/12/2026"));
        Task<string> ReadAsync() => _panel.CallAsync("sandbox-poor-key", ("action", "status"), ("order", "23501"));

        Assert.Equal(
            """{"charge":"0.00000","start_count":"0","status":"Active","remains":"7","currency":"USD","expiry":"31/12/2026","posts":"0","orders":[]}""",
            await ReadAsync());
        Assert.Equal(
            """[{"order":23501,"cancel":1}]""",
            await _panel.CallAsync("sandbox-poor-key", ("action", "cancel"), ("orders", "23501")));
        Assert.Contains("\"status\":\"Canceled\"", await ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_order_uses_up_no_id()
    {
        Assert.Equal(
            """{"error":"Not enough funds on balance"}""",
            await _panel.CallAsync("sandbox-poor-key", ("action", "add"), ("service", "1"), ("link", "https://e.com"), ("quantity", "100")));

        Assert.Equal(23501, await _panel.OrderAsync());
    }

    private Task<string> StatusAsync(int order) => _panel.DemoAsync(("action", "status"), ("order", $"{order}"));
}
