using PanelServer.Tests.Providers;
using PanelServer.Tests.Providers.Dispatch;

namespace PanelServer.Tests.Orders;

/// <summary>Links by what tells them apart, links that are banned, and links whose orders wait for a person (docs/operating.md, "Blocking links").</summary>
public sealed class LinkBlockTests : IAsyncDisposable
{
    private const string Running = """{"error":"You have active order with this link. Please wait until order being completed."}""";
    private const string NoLink = """{"error":"Incorrect link"}""";

    private readonly TestPanel _panel = TestPanel.Sandbox();

    public ValueTask DisposeAsync() => _panel.DisposeAsync();

    [Fact]
    public async Task A_running_link_is_known_in_every_spelling()
    {
        await _panel.VerbAsync("service", "edit", "1", "--deny-duplicates");
        Assert.Equal("""{"order":23501}""", await AddAsync("HTTPS://www.Example.com/p/1/?igsh=x#top"));
        Assert.Contains("HTTPS://www.Example.com/p/1/?igsh=x#top", await _panel.VerbAsync("order", "show", "23501"), StringComparison.Ordinal);
        foreach (var same in (string[])["https://example.com/p/1", "http://m.example.com/p/1/", "https://example.com/p/1?utm_source=a&si=b&ref=c", "example.com/p/1"])
        {
            Assert.Equal(Running, await AddAsync(same));
        }

        Assert.Equal("""{"order":23502}""", await AddAsync("https://example.com/p/1?id=2"));
        Assert.Equal("""{"order":23503}""", await AddAsync("@alice"));
        Assert.Equal(Running, await AddAsync("alice"));
        await _panel.VerbAsync("order", "complete", "23501");
        Assert.Equal("""{"order":23504}""", await AddAsync("https://example.com/p/1"));
    }

    [Fact]
    public async Task Nothing_is_ordered_for_a_banned_link()
    {
        Assert.Contains("every link that it fits", await _panel.VerbAsync("link", "ban", "https://example.com/u/*", "--note", "asked us to stop"), StringComparison.Ordinal);
        await _panel.VerbAsync("link", "ban", "bad.example");
        await _panel.VerbAsync("link", "ban", "@alice");
        foreach (var banned in (string[])["https://example.com/u/1", "http://www.EXAMPLE.com/u/x?utm_a=1", "https://a.b.bad.example/x", "bad.example/y", "alice", "@Alice"])
        {
            Assert.Equal(NoLink, await AddAsync(banned));
        }

        Assert.Equal(NoLink, await _panel.DemoAsync(("action", "add"), ("service", "1"), ("link", "alice"), ("quantity", "nonsense")));
        Assert.Equal("""{"error":"Incorrect username"}""", await SubscribeAsync("@alice"));
        Assert.Equal("""{"order":23501}""", await AddAsync("https://example.com/v/1"));
        Assert.Equal("""{"order":23502}""", await AddAsync("alice2"));
        var list = await _panel.VerbAsync("link", "list");
        Assert.Contains("asked us to stop", list, StringComparison.Ordinal);
        Assert.Contains("every link on bad.example and on hosts below it", list, StringComparison.Ordinal);

        Assert.Equal("@ALICE is free; orders that go on: 0", await _panel.VerbAsync("link", "free", "@ALICE"));
        Assert.Equal("""{"order":23503}""", await AddAsync("@alice"));
        Assert.Equal(
            ["link ban", "link ban", "link ban", "link free"],
            Books.Rows(_panel, "SELECT action FROM audit WHERE action LIKE 'link%' ORDER BY id"));
    }

    [Fact]
    public async Task A_held_order_is_charged_and_waits_until_it_is_freed()
    {
        await _panel.VerbAsync("link", "hold", "example.com");
        Assert.Equal("""{"order":23501}""", await AddAsync("https://www.example.com/1"));
        Assert.Equal("""{"order":23502}""", await AddAsync("https://www.example.com/2"));
        Assert.Equal("""{"order":23503}""", await AddAsync("https://example.org/3"));
        await _panel.AdvanceAsync("02:00:00");
        Assert.Contains("\"charge\":\"0.09000\",\"start_count\":\"0\",\"status\":\"Pending\"", await StatusAsync(23501), StringComparison.Ordinal);
        Assert.Contains("Completed", await StatusAsync(23503), StringComparison.Ordinal);
        var tasks = await _panel.VerbAsync("task", "list");
        Assert.Contains("held", tasks, StringComparison.Ordinal);
        Assert.Contains("its link is blocked by example.com", tasks, StringComparison.Ordinal);
        Assert.Contains("link free --order 23501", await _panel.VerbAsync("order", "show", "23501"), StringComparison.Ordinal);

        Assert.Equal("""[{"order":23501,"cancel":1}]""", await _panel.DemoAsync(("action", "cancel"), ("orders", "23501")));
        Assert.Equal("order 23502 goes on", await _panel.VerbAsync("link", "free", "--order", "23502"));
        await _panel.AdvanceAsync("02:00:00");
        Assert.Contains("Completed", await StatusAsync(23502), StringComparison.Ordinal);
        Assert.Equal("nothing waits", await _panel.VerbAsync("task", "list"));
        Assert.Equal("""{"order":23504}""", await AddAsync("https://example.com/4"));
        Assert.Equal("example.com is free; orders that go on: 1", (await _panel.VerbAsync("link", "free", "EXAMPLE.com")).Replace("EXAMPLE", "example", StringComparison.Ordinal));
        await _panel.AdvanceAsync("02:00:00");
        Assert.Contains("Completed", await StatusAsync(23504), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_runs_of_a_drip_feed_obey()
    {
        await _panel.DemoAsync(("action", "add"), ("service", "1"), ("link", "https://example.com/1"), ("quantity", "50"), ("runs", "3"), ("interval", "60"));
        await _panel.AdvanceAsync("00:00:01");
        await _panel.VerbAsync("link", "ban", "https://example.com/1");
        await _panel.AdvanceAsync("05:00:00");
        Assert.Contains("\"orders\":[\"23502\"]", await StatusAsync(23501), StringComparison.Ordinal);
        Assert.Contains("its link is blocked by https://example.com/1", await _panel.VerbAsync("task", "list"), StringComparison.Ordinal);
        var (exit, _, error) = await _panel.TryVerbAsync("order", "resume", "23501");
        Assert.Equal((1, "order 23501 is held because of its link; `panelserver link free --order 23501` lets it go on"), (exit, error));

        await _panel.VerbAsync("link", "free", "--order", "23501");
        await _panel.AdvanceAsync("05:00:00");
        Assert.Contains("\"orders\":[\"23502\",\"23503\",\"23504\"]", await StatusAsync(23501), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_held_drip_feed_starts_no_run_and_can_be_canceled()
    {
        await _panel.VerbAsync("link", "hold", "https://example.com/*");
        await _panel.DemoAsync(("action", "add"), ("service", "1"), ("link", "https://example.com/1"), ("quantity", "50"), ("runs", "3"), ("interval", "60"));
        await _panel.AdvanceAsync("05:00:00");
        Assert.Contains("\"orders\":[]", await StatusAsync(23501), StringComparison.Ordinal);
        Assert.Equal("""[{"order":23501,"cancel":1}]""", await _panel.DemoAsync(("action", "cancel"), ("orders", "23501")));
        Assert.Equal("""{"balance":"100.84292","currency":"USD"}""", await _panel.DemoAsync(("action", "balance")));
    }

    [Fact]
    public async Task The_posts_of_a_subscription_obey()
    {
        Assert.Equal("""{"order":23501}""", await SubscribeAsync("alice"));
        await _panel.VerbAsync("subscription", "post", "23501", "https://example.com/p/1", "https://example.com/p/2");
        await _panel.VerbAsync("link", "ban", "https://example.com/p/1");
        var (exit, _, error) = await _panel.TryVerbAsync("subscription", "post", "23501", "https://example.com/p/1?utm_x=2");
        Assert.Equal((1, "https://example.com/p/1?utm_x=2 is banned by https://example.com/p/1; `panelserver link free` lifts that"), (exit, error));
        await _panel.AdvanceAsync("00:00:01");
        Assert.Contains("\"posts\":\"1\",\"orders\":[\"23502\"]", await StatusAsync(23501), StringComparison.Ordinal);
        Assert.Contains("post https://example.com/p/1 is not ordered for", await _panel.VerbAsync("review", "list"), StringComparison.Ordinal);

        await _panel.VerbAsync("link", "hold", "@alice");
        await _panel.VerbAsync("subscription", "post", "23501", "https://example.com/p/3");
        await _panel.AdvanceAsync("02:00:00");
        Assert.Contains("Pending", await StatusAsync(23503), StringComparison.Ordinal);
        await _panel.VerbAsync("link", "free", "@alice");
        await _panel.AdvanceAsync("02:00:00");
        Assert.Contains("Completed", await StatusAsync(23503), StringComparison.Ordinal);
        await _panel.VerbAsync("review", "close", "23501", "--note", "right so");
    }

    [Fact]
    public async Task A_held_order_is_not_sent_to_a_provider()
    {
        await using var evil = await EvilPanel.StartAsync();
        await using var ours = await ForwardingPanel.StartAsync(seconds: 2);
        await ours.AddProviderAsync("evil", evil);
        await ours.Panel.VerbAsync("link", "hold", "sandbox.test");
        var held = await ours.OrderAsync(ours.NewLink());
        await ours.PollAsync();
        Assert.Equal("", ours.Outcomes(held));
        var (exit, _, error) = await ours.Panel.TryVerbAsync("order", "forward", $"{held}");
        Assert.Equal((1, true), (exit, error.Contains("held because of its link", StringComparison.Ordinal)));
        await ours.Panel.VerbAsync("provider", "resume", "evil");
        await ours.PollAsync();
        Assert.Equal("", ours.Outcomes(held));

        await ours.Panel.VerbAsync("link", "free", "sandbox.test");
        await ours.PollUntilAsync("sent", () => ours.Outcomes(held) == "1");
    }

    [Theory]
    [InlineData("link ban *", "would cover every link")]
    [InlineData("link ban a --note \u202e", "it holds U+202E")]
    [InlineData("link hold \u200bexample.com", "it holds U+200B")]
    [InlineData("link free nobody", "nobody is neither banned nor held; see `panelserver link list`")]
    [InlineData("link free", "say what to free")]
    [InlineData("link free --order 99", "there is no order 99")]
    public async Task What_cannot_be_is_refused_and_nothing_changed(string line, string why)
    {
        var (exit, _, error) = await _panel.TryVerbAsync(line.Split(' '));
        Assert.Equal(1, exit);
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.Equal("no link is banned or held", await _panel.VerbAsync("link", "list"));
    }

    [Fact]
    public async Task The_same_pattern_is_one_block_and_their_number_is_bounded()
    {
        await _panel.VerbAsync("link", "ban", "https://example.com/1");
        await _panel.VerbAsync("link", "hold", "HTTPS://example.com/1");
        Assert.Equal(["2 HTTPS://example.com/1"], Books.Rows(_panel, "SELECT kind, pattern FROM link_blocks"));
        Assert.Equal("""{"order":23501}""", await AddAsync("https://example.com/1"));
        _panel.Tamper(
            """
            WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
            INSERT INTO link_blocks (kind, pattern, note, created_at) SELECT 1, 'n' || i, '', 0 FROM n
            """);
        var (exit, _, error) = await _panel.TryVerbAsync("link", "ban", "one-more");
        Assert.Equal((1, "a panel bans and holds 1000 links at the most; one with * covers many"), (exit, error));
    }

    private Task<string> AddAsync(string link) => _panel.DemoAsync(("action", "add"), ("service", "1"), ("link", link), ("quantity", "100"));

    private Task<string> SubscribeAsync(string username) => _panel.DemoAsync(
        ("action", "add"), ("service", "4"), ("username", username), ("min", "20"), ("max", "50"), ("delay", "0"));

    private Task<string> StatusAsync(int order) => _panel.DemoAsync(("action", "status"), ("order", $"{order}"));
}
