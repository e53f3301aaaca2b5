namespace PanelServer.Tests.Sandbox;

/// <summary>What becomes of an order by its link alone, minute by minute, as a reseller reads it.</summary>
public sealed class SimulatedOutcomeTests
{
    private const string Pending = """{"charge":"0.90000","start_count":"0","status":"Pending","remains":"1000","currency":"USD"}""";
    private const string Processing = """{"charge":"0.90000","start_count":"0","status":"Processing","remains":"1000","currency":"USD"}""";
    private const string Running = """{"charge":"0.90000","start_count":"0","status":"In progress","remains":"1000","currency":"USD"}""";
    private const string Completed = """{"charge":"0.90000","start_count":"0","status":"Completed","remains":"0","currency":"USD"}""";
    private const string Canceled = """{"charge":"0.00000","start_count":"0","status":"Canceled","remains":"1000","currency":"USD"}""";

    /// <summary>A link, and the state after each minute from 1 on; the last one stays.</summary>
    public static TheoryData<string, string[]> Fates => new()
    {
        { "https://example.com/p", [Processing, Running, Completed] },
        { "https://example.com/cancel", [Processing, Running, Completed] },
        { "https://sandbox.test/", [Processing, Running, Completed] },
        { "https://sandbox.test/whatever/partial", [Processing, Running, Completed] },
        { "https://sandbox.test/partial/157", [Processing, Running, State("0.75870", 0, "Partial", 157)] },
        { "https://sandbox.test/partial/0", [Processing, Running, Completed] },
        { "https://sandbox.test/partial/1000", [Processing, Running, Canceled] },
        { "https://sandbox.test/partial/5000", [Processing, Running, Canceled] },
        { "https://sandbox.test/cancel", [Processing, Running, Canceled] },
        { "https://sandbox.test/reject", [Canceled] },
        { "https://sandbox.test/unknown", [Pending, Pending, Pending] },
        { "https://sandbox.test/stuck", [Processing, Running, Running, Running] },
        { "https://sandbox.test/start/3572", [Processing, State("0.90000", 3572, "In progress", 1000), State("0.90000", 3572, "Completed", 0)] },
        {
            "https://sandbox.test/slow/3",
            [Processing, Running, State("0.90000", 0, "In progress", 667), State("0.90000", 0, "In progress", 334), Completed]
        },
        {
            "https://sandbox.test/start/3572/partial/157",
            [Processing, State("0.90000", 3572, "In progress", 1000), State("0.75870", 3572, "Partial", 157)]
        },
        {
            "https://sandbox.test/slow/2/partial/100",
            [Processing, Running, State("0.90000", 0, "In progress", 550), State("0.81000", 0, "Partial", 100)]
        },
        { "https://sandbox.test/slow/2/cancel", [Processing, Running, Running, Canceled] },
        { "https://sandbox.test/stuck/slow/2", [Processing, Running, Running, Running, Running] },
        { "https://sandbox.test/slow/0", [Processing, Completed] },
        { "https://sandbox.test/slow/5000000000000", [Processing, Running, Running] },
        { "https://sandbox.test/partial/1234567890123", [Processing, Running, Canceled] },
        {
            "https://sandbox.test/sl%6Fw/2/start/1000000000000",
            [Processing, State("0.90000", 1_000_000_000_000, "In progress", 1000), State("0.90000", 1_000_000_000_000, "In progress", 500), State("0.90000", 1_000_000_000_000, "Completed", 0)]
        },
        { "HTTPS://SANDBOX.TEST/START/7/STUCK", [Processing, State("0.90000", 7, "In progress", 1000)] },
    };

    [Theory, MemberData(nameof(Fates))]
    public async Task An_order_meets_the_fate_of_its_link(string link, string[] minutes)
    {
        await using var panel = TestPanel.Sandbox();
        var order = await panel.OrderAsync(quantity: 1000, link);
        Assert.Equal(Pending, await StateAsync(panel, order));

        await panel.AdvanceAsync("00:00:59");
        Assert.Equal(Pending, await StateAsync(panel, order));
        await panel.AdvanceAsync("00:00:01");
        foreach (var expected in minutes)
        {
            Assert.Equal(expected, await StateAsync(panel, order));
            await panel.AdvanceAsync("00:01:00");
        }

        Assert.Equal("""{"findings":[]}""", await panel.ControlAsync("GET", "/sandbox/verify"));
        await panel.AdvanceAsync("400.00:00:00");
        Assert.Equal(minutes[^1], await StateAsync(panel, order));
    }

    [Theory, MemberData(nameof(Fates))]
    public async Task A_year_at_once_comes_to_the_same(string link, string[] minutes)
    {
        await using var panel = TestPanel.Sandbox();
        var order = await panel.OrderAsync(quantity: 1000, link);

        await panel.AdvanceAsync("365.00:00:00");

        Assert.Equal(minutes[^1], await StateAsync(panel, order));
    }

    [Theory]
    [InlineData("https://sandbox.test/slow/10", "0.45000", "Partial", 500)]
    [InlineData("https://sandbox.test/stuck", "0.00000", "Canceled", 1000)]
    [InlineData("https://sandbox.test/slow/10/partial/200", "0.36000", "Partial", 600)]
    [InlineData("https://sandbox.test/unknown", "0.00000", "Canceled", 1000)]
    public async Task A_cancel_request_is_accepted_a_minute_later_with_what_then_remains(string link, string charge, string status, int remains)
    {
        await using var panel = TestPanel.Sandbox();
        var order = await panel.OrderAsync(quantity: 1000, link);
        await panel.AdvanceAsync("00:06:00");
        Assert.Equal("""[{"order":23501,"cancel":1}]""", await panel.DemoAsync(("action", "cancel"), ("orders", $"{order}")));

        await panel.AdvanceAsync("00:01:00");

        Assert.Equal(State(charge, 0, status, remains), await StateAsync(panel, order));
    }

    [Fact]
    public async Task A_refill_is_begun_after_one_minute_and_done_after_three()
    {
        await using var panel = TestPanel.Sandbox();
        var order = await panel.OrderAsync();
        await panel.AdvanceAsync("1.00:03:00");
        Assert.Equal("""{"refill":"1"}""", await panel.DemoAsync(("action", "refill"), ("order", $"{order}")));

        List<string> states = [];
        for (var minute = 0; minute < 4; minute++)
        {
            states.Add(await panel.DemoAsync(("action", "refill_status"), ("refill", "1")));
            await panel.AdvanceAsync("00:01:00");
        }

        Assert.Equal(
            ["""{"status":"Pending"}""", """{"status":"In progress"}""", """{"status":"In progress"}""", """{"status":"Completed"}"""],
            states);
    }

    [Fact]
    public async Task The_refill_window_closes_after_its_last_millisecond()
    {
        await using var panel = TestPanel.Sandbox();
        var order = await panel.OrderAsync();
        Assert.Equal("""{"clock":"2026-01-01T00:03:00Z","passes":3}""", await panel.AdvanceAsync("00:03:00"));

        // Thirty days after completion, to the millisecond.
        await panel.ControlAsync("POST", "/sandbox/clock", """{"to":"2026-01-31T00:02:59.999Z"}""");
        await panel.ControlAsync("POST", "/sandbox/snapshot");
        Assert.Equal("""{"refill":"1"}""", await panel.DemoAsync(("action", "refill"), ("order", $"{order}")));
        await panel.ControlAsync("POST", "/sandbox/restore", """{"name":"snapshot-1"}""");
        await panel.ControlAsync("POST", "/sandbox/clock", """{"to":"2026-01-31T00:03:00.001Z"}""");
        Assert.Equal("""{"error":"Refill not available"}""", await panel.DemoAsync(("action", "refill"), ("order", $"{order}")));
    }

    [Fact]
    public async Task A_year_of_posts_costs_as_many_passes_as_it_has_due_instants()
    {
        await using var panel = TestPanel.Sandbox();
        await panel.ControlAsync("PUT", "/sandbox/resellers/demo", """{"balance":1000}""");
        await panel.DemoAsync(
            ("action", "add"), ("service", "4"), ("username", "someone"), ("min", "20"), ("max", "5000"), ("delay", "10"), ("expiry", "31/12/2026"));
        for (var week = 0; week < 52; week++)
        {
            await panel.ControlAsync("POST", "/sandbox/subscriptions/23501/posts", """{"count":1}""");

            // Its order, and that order's three words.
            Assert.EndsWith(""","passes":4}""", await panel.AdvanceAsync("7.00:00:00"), StringComparison.Ordinal);
        }

        Assert.Contains("""
            "status":"Active","remains":"0","currency":"USD","expiry":"31/12/2026","posts":"52"
            """, await StateAsync(panel, 23501), StringComparison.Ordinal);
        Assert.Equal(
            """{"clock":"2027-01-01T00:00:00Z","passes":1}""",
            await panel.ControlAsync("POST", "/sandbox/clock", """{"to":"2027-01-01T00:00:00Z"}"""));
        Assert.Contains("\"Expired\"", await StateAsync(panel, 23501), StringComparison.Ordinal);
        Assert.Equal(
            """{"clock":"2028-01-01T00:00:00Z","passes":0}""",
            await panel.ControlAsync("POST", "/sandbox/clock", """{"to":"2028-01-01T00:00:00Z"}"""));
    }

    private static string State(string charge, long startCount, string status, int remains) =>
        $$"""{"charge":"{{charge}}","start_count":"{{startCount}}","status":"{{status}}","remains":"{{remains}}","currency":"USD"}""";

    private static Task<string> StateAsync(TestPanel panel, int order) =>
        panel.DemoAsync(("action", "status"), ("order", $"{order}"));
}
