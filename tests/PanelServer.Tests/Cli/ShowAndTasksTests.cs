using System.Text.Json.Nodes;

namespace PanelServer.Tests.Cli;

/// <summary>What an operator reads: an order with all that hangs on it, and what waits for a person.</summary>
public sealed class ShowAndTasksTests : IAsyncLifetime
{
    private readonly TestPanel _panel = TestPanel.Sandbox();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _panel.DisposeAsync();

    [Fact]
    public async Task A_corrected_order_shows_the_reason_and_what_was_taken_again()
    {
        var order = await _panel.OrderAsync();
        await _panel.VerbAsync("order", "cancel", $"{order}");
        await _panel.VerbAsync("order", "correct", $"{order}", "--to", "Partial", "--remains", "40", "--reason", "60 arrived");

        Assert.Equal(
            """
            order 23501 of demo: Partial
              service 1 Followers (Default) at 0.90
              link https://example.com/p/1, quantity 100, remains 40, start count 0
              charged 0.09000, paid back 0.03600, kept 0.05400
              2026-01-01 00:00:00Z  placed
              2026-01-01 00:00:00Z  charged 0.09000 to demo
              2026-01-01 00:00:00Z  Pending → Canceled, remains 100, by Operator
              2026-01-01 00:00:00Z  paid back 0.09000 to demo
              2026-01-01 00:00:00Z  Canceled → Partial, remains 40, by Operator: 60 arrived
              2026-01-01 00:00:00Z  taken again 0.05400 from demo
            """,
            await _panel.VerbAsync("order", "show", $"{order}"));
    }

    [Fact]
    public async Task A_drip_feed_shows_its_runs_and_a_run_its_drip_feed()
    {
        await _panel.DemoAsync(
            ("action", "add"), ("service", "1"), ("link", "https://example.com/p/1"), ("quantity", "50"), ("runs", "3"), ("interval", "60"));
        await _panel.AdvanceAsync("00:01:00");

        var parent = await _panel.VerbAsync("order", "show", "23501");
        Assert.Contains("runs 3, 60 min apart, 1 started; the next is due 2026-01-01 01:00:00Z", parent, StringComparison.Ordinal);
        Assert.Contains("child 23502 Processing, remains 50", parent, StringComparison.Ordinal);
        var child = await _panel.VerbAsync("order", "show", "23502");
        Assert.Contains("part of drip-feed 23501, In progress", child, StringComparison.Ordinal);
        Assert.Contains("a provider has it in hand and speaks next 2026-01-01 00:02:00Z", child, StringComparison.Ordinal);

        await _panel.VerbAsync("order", "pause", "23501");
        parent = await _panel.VerbAsync("order", "show", "23501");
        Assert.StartsWith("order 23501 of demo: In progress, paused", parent, StringComparison.Ordinal);
        Assert.Contains("1 started; paused, the next was due 2026-01-01 01:00:00Z", parent, StringComparison.Ordinal);
        var around = JsonNode.Parse(await _panel.VerbAsync("order", "show", "23501", "--json"))!["around"]!;
        Assert.Equal(
            """[{"id":23502,"status":"Processing","remains":50}] true 2026-01-01T01:00:00Z""",
            $"{around["children"]!.ToJsonString()} {around["paused"]!.ToJsonString()} {around["next_run_at"]}");
    }

    [Fact]
    public async Task A_subscription_shows_its_posts_and_its_end()
    {
        await _panel.DemoAsync(
            ("action", "add"), ("service", "4"), ("username", "someone"), ("min", "20"), ("max", "20"), ("delay", "5"), ("posts", "2"), ("expiry", "31/01/2026"));
        await _panel.VerbAsync("subscription", "post", "23501", "https://example.com/p/1");
        await _panel.AdvanceAsync("00:05:00");
        await _panel.VerbAsync("subscription", "post", "23501", "https://example.com/p/2");

        var shown = await _panel.VerbAsync("order", "show", "23501");
        Assert.Contains("posts ordered 1 of 2, 1 wait; expires 2026-02-01 00:00:00Z", shown, StringComparison.Ordinal);
        Assert.Contains("child 23502 Pending, remains 20", shown, StringComparison.Ordinal);
        Assert.Contains("post https://example.com/p/2 waits, due 2026-01-01 00:10:00Z", shown, StringComparison.Ordinal);
        Assert.Contains("part of subscription 23501, Active", await _panel.VerbAsync("order", "show", "23502"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_shows_its_reviews_refills_and_cancel_requests()
    {
        var order = await _panel.OrderAsync();
        await _panel.VerbAsync("order", "take", $"{order}");
        await _panel.DemoAsync(("action", "cancel"), ("order", $"{order}"));
        await _panel.VerbAsync("cancel", "refuse", $"{order}");
        await _panel.VerbAsync("order", "complete", $"{order}");
        await _panel.AdvanceAsync("1.00:00:00");
        await _panel.DemoAsync(("action", "refill"), ("order", $"{order}"));
        var unknown = await _panel.OrderAsync(link: "https://sandbox.test/unknown");
        await _panel.AdvanceAsync("00:01:00");

        var shown = await _panel.VerbAsync("order", "show", $"{order}");
        Assert.Contains("refill 1 In progress, asked for 2026-01-02 00:00:00Z", shown, StringComparison.Ordinal);
        Assert.Contains("cancel request Refused, asked for 2026-01-01 00:00:00Z", shown, StringComparison.Ordinal);
        Assert.Contains(
            "review open since 2026-01-02 00:01:00Z: the provider's answer was lost: it may have the order",
            await _panel.VerbAsync("order", "show", $"{unknown}"),
            StringComparison.Ordinal);
        await _panel.VerbAsync("review", "close", $"{unknown}", "--note", "it has it");
        Assert.Contains(
            "it may have the order; closed 2026-01-02 00:01:00Z: it has it",
            await _panel.VerbAsync("order", "show", $"{unknown}"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_for_a_person_is_listed_by_how_long_it_waits()
    {
        Assert.Equal("nothing waits", await _panel.VerbAsync("task", "list"));
        var taken = await _panel.OrderAsync();
        await _panel.VerbAsync("order", "take", $"{taken}");
        await _panel.AdvanceAsync("01:00:00");
        await _panel.DemoAsync(
            ("action", "add"), ("service", "1"), ("link", "https://example.com/p/1"), ("quantity", "50"), ("runs", "2"), ("interval", "6000"));
        await _panel.AdvanceAsync("23:00:00");
        await _panel.VerbAsync("order", "pause", "23502");
        var unknown = await _panel.OrderAsync(link: "https://sandbox.test/unknown");
        await _panel.AdvanceAsync("00:01:00");
        await _panel.CallAsync(
            "sandbox-poor-key", ("action", "add"), ("service", "4"), ("username", "someone"), ("min", "20"), ("max", "20"), ("delay", "0"));
        await _panel.VerbAsync("subscription", "post", "23505", "https://example.com/p/1");
        await _panel.AdvanceAsync("01:00:00");

        // The provider's: an order on its way is nobody's task.
        await _panel.OrderAsync();
        await _panel.AdvanceAsync("00:01:30");

        Assert.Equal(
            $"""
            TASK          ID     ORDER  STATE                                                  SINCE                 WAITS
            order         {taken}  {taken}  Processing                                             2026-01-01 00:00:00Z  1d 1h
            drip-feed     23502  23502  paused                                                 2026-01-02 00:00:00Z  1h 2m
            order         {unknown}  {unknown}  Pending                                                2026-01-02 00:00:00Z  1h 2m
            review        {unknown}  {unknown}  the provider's answer was lost: it may have the order  2026-01-02 00:01:00Z  1h 1m
            subscription  23505  23505  paused for funds                                       2026-01-02 00:01:00Z  1h 1m
            """,
            await _panel.VerbAsync("task", "list"));
        Assert.Equal(
            $$"""[{"kind":"order","id":{{taken}},"order":{{taken}},"state":"Processing","since":"2026-01-01T00:00:00Z","waits":"1d 1h"}]""",
            await _panel.VerbAsync("task", "list", "--limit", "1", "--json"));
    }

    [Fact]
    public async Task What_resellers_asked_for_is_a_task_only_where_nobody_else_answers()
    {
        await using var live = TestPanel.Live();
        await live.VerbAsync("reseller", "add", "alice", "--balance", "10");
        await live.VerbAsync("service", "add", "--type", "Default", "--category", "A", "--name", "B", "--rate", "1", "--min", "1", "--max", "1000", "--refill", "30", "--refill-hours", "0", "--cancel");
        var key = (string)JsonNode.Parse(await live.VerbAsync("key", "issue", "alice", "--json"))!["key"]!;
        foreach (var link in new[] { "https://example.com/1", "https://example.com/2" })
        {
            await live.CallAsync(key, ("action", "add"), ("service", "1"), ("link", link), ("quantity", "100"));
        }

        await live.VerbAsync("order", "take", "1");
        await live.VerbAsync("order", "complete", "2");
        await live.CallAsync(key, ("action", "cancel"), ("order", "1"));
        await live.CallAsync(key, ("action", "refill"), ("order", "2"));

        Assert.Equal(["order 1", "cancel 1", "refill 1"], await TasksAsync(live));
        await live.VerbAsync("cancel", "refuse", "1");
        await live.VerbAsync("refill", "error", "1");
        Assert.Equal(["order 1"], await TasksAsync(live));
    }

    private static async Task<IEnumerable<string>> TasksAsync(TestPanel panel) =>
        JsonNode.Parse(await panel.VerbAsync("task", "list", "--json"))!.AsArray().Select(task => $"{task!["kind"]} {task["id"]}").Order(StringComparer.Ordinal).Order(
            Comparer<string>.Create((one, other) => Array.IndexOf(Kinds, one.Split(' ')[0]) - Array.IndexOf(Kinds, other.Split(' ')[0])));

    private static readonly string[] Kinds = ["order", "cancel", "refill"];
}
