using System.Text.Json.Nodes;
using PanelServer.Data;

namespace PanelServer.Tests.Cli;

/// <summary>Many at once: ranges, choosing, previews, and what is said of it.</summary>
public sealed class BulkTests : IAsyncLifetime
{
    private readonly TestPanel _panel = TestPanel.Sandbox();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _panel.DisposeAsync();

    [Fact]
    public async Task Ids_and_ranges_are_each_taken_once()
    {
        await OrdersAsync(4);

        Assert.Equal(
            """
            ORDER  WAS      IS          REMAINS  PAID BACK
            23503  Pending  Processing  100      0.00000
            23501  Pending  Processing  100      0.00000
            23502  Pending  Processing  100      0.00000
            moved 3, skipped 0, paid back 0.00000
            """,
            await _panel.VerbAsync("order", "take", "23503", "23501-23503", "23502"));
    }

    [Theory]
    [InlineData("5-4", "5-4 is neither an id nor a range such as 17-25.")]
    [InlineData("a-b", "a-b is neither an id nor a range such as 17-25.")]
    [InlineData("1-2-3", "1-2-3 is neither an id nor a range such as 17-25.")]
    [InlineData("0-3", "0-3 is neither an id nor a range such as 17-25.")]
    [InlineData("2147483648", "2147483648 is neither an id nor a range such as 17-25.")]
    [InlineData("1-2147483647", "More than 10000 ids at once: name fewer.")]
    [InlineData("1-10001", "More than 10000 ids at once: name fewer.")]
    public async Task What_is_no_range_is_wrong_usage(string ids, string why)
    {
        foreach (string[] verb in new[] { new[] { "order", "take", ids }, ["order", "partial", ids, "--remains", "1"], ["refill", "error", ids], ["cancel", "refuse", ids] })
        {
            var (exit, output, error) = await _panel.TryVerbAsync(verb);
            Assert.Equal((2, ""), (exit, output));
            Assert.Contains(why, error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_preview_tells_what_would_be_and_changes_nothing()
    {
        await OrdersAsync(3);
        await _panel.VerbAsync("order", "complete", "23502");
        var before = Books.All(_panel);

        var (exit, output, error) = await _panel.TryVerbAsync("order", "partial", "23501-23504", "--remains", "40", "--preview");

        Assert.Equal(1, exit);
        Assert.Equal(
            """
            ORDER  WAS      IS       REMAINS  PAID BACK
            23501  Pending  Partial  40       0.03600
            23503  Pending  Partial  40       0.03600
            would move 2, skip 2, pay back 0.07200; nothing was changed
            """,
            output);
        Assert.Equal(
            """
            order 23502 is Completed and cannot become Partial; it is final
            there is no order 23504
            """,
            error);
        Assert.Equal(before, Books.All(_panel));

        var done = await _panel.TryVerbAsync("order", "partial", "23501-23504", "--remains", "40");
        Assert.Equal((1, output.Replace("would move 2, skip 2, pay back 0.07200; nothing was changed", "moved 2, skipped 2, paid back 0.07200", StringComparison.Ordinal), error), done);
    }

    [Fact]
    public async Task Every_change_of_many_can_be_previewed()
    {
        await OrdersAsync(3);
        await _panel.VerbAsync("order", "take", "23501");
        await _panel.VerbAsync("order", "complete", "23502");
        await _panel.VerbAsync("order", "cancel", "23503");
        await _panel.AdvanceAsync("1.00:00:00");
        await _panel.DemoAsync(("action", "cancel"), ("order", "23501"));
        await _panel.DemoAsync(("action", "refill"), ("order", "23502"));
        await _panel.OrderAsync();
        await _panel.DemoAsync(
            ("action", "add"), ("service", "1"), ("link", "https://example.com/p/1"), ("quantity", "50"), ("runs", "2"), ("interval", "60"));
        await _panel.AdvanceAsync("00:00:01");
        var before = Books.All(_panel);

        foreach (var verb in new[]
        {
            "order take 23504", "order start 23504 --start-count 5", "order complete 23504", "order partial 23504 --remains 5", "order cancel 23504",
            "order cancel 23505", "order correct 23502 --to Canceled --reason x", "order correct 23503 --to Completed --reason x",
            "refill start 1", "refill complete 1", "refill reject 1", "refill error 1", "cancel refuse 23501", "cancel accept 23501 --remains 40",
        })
        {
            var output = await _panel.VerbAsync([.. verb.Split(' '), "--preview"]);
            Assert.Contains("would move 1, skip 0", output, StringComparison.Ordinal);
            Assert.Equal(before, Books.All(_panel));
        }

        await _panel.VerbAsync("cancel", "refuse", "23501");
        Assert.Equal((1, "moved 0, skipped 1", "order 23501 has no open cancel request"), await _panel.TryVerbAsync("cancel", "refuse", "23501"));
        Assert.Equal("""{"order":23507}""", await _panel.DemoAsync(("action", "add"), ("service", "1"), ("link", "https://example.com/p/1"), ("quantity", "100")));
    }

    [Fact]
    public async Task A_correction_tells_what_it_takes_again()
    {
        await OrdersAsync(2);
        await _panel.VerbAsync("order", "complete", "23501");
        await _panel.VerbAsync("order", "cancel", "23502");

        var output = await _panel.VerbAsync("order", "correct", "23501-23502", "--to", "Partial", "--remains", "40", "--reason", "counted", "--preview");

        Assert.Equal(
            """
            ORDER  WAS        IS       REMAINS  PAID BACK
            23501  Completed  Partial  40       0.03600
            23502  Canceled   Partial  40       -0.05400
            would move 2, skip 0, pay back 0.03600, take again 0.05400; nothing was changed
            """,
            output);
    }

    [Fact]
    public async Task Programs_get_each_the_refused_and_the_sums()
    {
        await OrdersAsync(2);

        var (exit, output, _) = await _panel.TryVerbAsync("order", "cancel", "23501", "23509", "--json");

        Assert.Equal(1, exit);
        Assert.Equal(
            """{"preview":false,"moved":1,"skipped":1,"paid_back":"0.09000","taken_again":"0.00000","each":[{"order":23501,"from":"Pending","status":"Canceled","remains":100,"refund":"0.09000","provider":null,"upstream_id":null,"cost":null}],"refused":[{"id":23509,"code":"unknown_order","why":"there is no order 23509"}]}""",
            output);
    }

    [Fact]
    public async Task Orders_are_chosen_by_state_service_and_reseller()
    {
        await OrdersAsync(3);
        await _panel.VerbAsync("order", "take", "23502");
        await _panel.CallAsync("sandbox-rich-key", ("action", "add"), ("service", "18"), ("link", "https://example.com/p"), ("quantity", "5"));

        Assert.Equal([23_501, 23_503, 23_504], await ChosenAsync("complete", "--status", "pending"));
        Assert.Equal([23_501, 23_502, 23_503], await ChosenAsync("complete", "--service", "1"));
        Assert.Equal([23_504], await ChosenAsync("complete", "--reseller", "rich"));
        Assert.Equal([23_502], await ChosenAsync("cancel", "--reseller", "demo", "--service", "1", "--status", "Processing"));

        // Without a state only those are chosen that have a move to it.
        Assert.Equal([23_501, 23_503], await ChosenAsync("take", "--reseller", "demo"));
        Assert.Equal([], await ChosenAsync("take", "--reseller", "poor"));

        var (exit, output, error) = await _panel.TryVerbAsync("order", "take", "--status", "Processing");
        Assert.Equal((1, "moved 0, skipped 1, paid back 0.00000"), (exit, output));
        Assert.Equal("order 23502 is Processing and cannot become Processing; possible: In progress, Completed, Partial, Canceled", error);
    }

    [Fact]
    public async Task Runs_are_chosen_and_a_canceled_drip_feed_takes_its_runs_along()
    {
        await _panel.DemoAsync(
            ("action", "add"), ("service", "1"), ("link", "https://sandbox.test/stuck"), ("quantity", "50"), ("runs", "3"), ("interval", "60"));
        await _panel.AdvanceAsync("01:00:00");

        Assert.Equal([23_502, 23_503], await ChosenAsync("complete", "--reseller", "demo"));
        Assert.Equal([23_501], await ChosenAsync("cancel", "--reseller", "demo"));
        Assert.Equal([23_503], await ChosenAsync("cancel", "--status", "Pending"));

        Assert.Contains("moved 1, skipped 0, paid back 0.13500", await _panel.VerbAsync("order", "cancel", "--service", "1", "--reseller", "demo"), StringComparison.Ordinal);
        Assert.Equal("""{"balance":"100.84292","currency":"USD"}""", await _panel.DemoAsync(("action", "balance")));
    }

    [Theory]
    [InlineData("order take")]
    [InlineData("order cancel --preview")]
    [InlineData("order complete 5 --status Pending")]
    public async Task Orders_are_named_or_chosen(string verb)
    {
        var (exit, _, error) = await _panel.TryVerbAsync(verb.Split(' '));

        Assert.Equal(2, exit);
        Assert.Contains("Name the orders by ids, or choose them by --status, --service, --reseller: one of the two.", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is not a state: Pending, Processing", "--status", "Sleeping")]
    [InlineData("there is no service 99", "--service", "99")]
    [InlineData("there is no reseller nobody", "--reseller", "nobody")]
    public async Task What_cannot_be_chosen_by_is_refused(string why, params string[] filter)
    {
        foreach (string[] verb in new[] { new[] { "order", "cancel" }, ["order", "list"] })
        {
            var (exit, output, error) = await _panel.TryVerbAsync([.. verb, .. filter]);
            Assert.Equal((1, ""), (exit, output));
            Assert.Contains(why, error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task More_than_one_unit_is_moved_to_the_last()
    {
        var last = 23_500 + Bulk.UnitIds + 2;
        await Task.WhenAll(Enumerable.Range(0, Bulk.UnitIds + 2).Select(_ => _panel.CallAsync(
            "sandbox-rich-key", ("action", "add"), ("service", "18"), ("link", "https://example.com/p"), ("quantity", "1000"))));
        await _panel.VerbAsync("order", "complete", "23600");
        var before = Books.All(_panel);

        var preview = await _panel.TryVerbAsync("order", "cancel", $"23501-{last}", "--preview");
        Assert.EndsWith($"would move {Bulk.UnitIds + 1}, skip 1, pay back 0.05010; nothing was changed", preview.Output, StringComparison.Ordinal);
        Assert.Equal(before, Books.All(_panel));

        var done = await _panel.TryVerbAsync("order", "cancel", "--status", "Pending");
        Assert.EndsWith($"moved {Bulk.UnitIds + 1}, skipped 0, paid back 0.05010", done.Output, StringComparison.Ordinal);
        Assert.Equal(["0"], Books.Rows(_panel, "SELECT COUNT(*) FROM orders WHERE status = 0"));
    }

    private async Task OrdersAsync(int count)
    {
        for (var at = 0; at < count; at++)
        {
            await _panel.OrderAsync();
        }
    }

    private async Task<IReadOnlyList<int>> ChosenAsync(string verb, params string[] filter)
    {
        var (_, output, _) = await _panel.TryVerbAsync(["order", verb, .. filter, "--preview", "--json"]);
        return [.. JsonNode.Parse(output)!["each"]!.AsArray().Select(order => (int)order!["order"]!)];
    }
}
