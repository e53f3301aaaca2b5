using System.Diagnostics;

namespace PanelServer.Tests.ResellerApi;

/// <summary>Calls by GET: what they may ask for, and what must never come of a link that nobody has clicked on.</summary>
public sealed class GetTests : IAsyncLifetime
{
    private const string Balance = """{"balance":"100.84292","currency":"USD"}""";
    private const string IncorrectRequest = """{"error":"Incorrect request"}""";
    private const string Add = "add&service=1&link=https://e.com&quantity=100";
    private const string Placed = """{"order":23501}""";

    private readonly TestPanel _panel = TestPanel.Sandbox();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _panel.DisposeAsync();

    [Theory]
    [InlineData("balance", Balance)]
    [InlineData("status&order=1", """{"error":"Incorrect order ID"}""")]
    [InlineData("refill_status&refill=1", """{"error":"Refill not found"}""")]
    [InlineData("&refill=1", """{"error":"Refill not found"}""")]
    [InlineData(Add, Placed)]
    [InlineData("cancel&orders=1", """[{"order":1,"cancel":{"error":"Incorrect order ID"}}]""")]
    [InlineData("refill&order=1", """{"error":"Incorrect order ID"}""")]
    public async Task Get_is_for_every_action(string call, string wanted)
    {
        using var answer = await GetAsync(_panel, call);

        Assert.Equal(wanted, await answer.Content.ReadAsStringAsync());
        Assert.Empty(answer.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("All", "balance", Balance)]
    [InlineData("All", Add, Placed)]
    [InlineData("all", Add, Placed)]
    [InlineData("Read", "balance", Balance)]
    [InlineData("Read", Add, null)]
    [InlineData("Read", "cancel&orders=1", null)]
    [InlineData("Read", "refill&order=1", null)]
    [InlineData("Off", "balance", null)]
    [InlineData("Off", Add, null)]
    public async Task What_an_operator_closes_is_told_from_an_unknown_action(string access, string call, string? wanted)
    {
        await using var panel = TestPanel.Sandbox(("Contract:Get", access));
        using var answer = await GetAsync(panel, call);

        Assert.Equal(wanted ?? IncorrectRequest, await answer.Content.ReadAsStringAsync());
        if (wanted is null)
        {
            AssertNotOverGet(answer);
            Assert.Equal(Placed, await panel.DemoAsync(("action", "add"), ("service", "1"), ("link", "https://e.com"), ("quantity", "100")));
        }
    }

    [Theory]
    [InlineData("nope")]
    [InlineData("")]
    [InlineData("&order=23501")]
    public async Task No_action_is_no_action(string call)
    {
        using var answer = await GetAsync(_panel, call);

        Assert.Equal(IncorrectRequest, await answer.Content.ReadAsStringAsync());
        Assert.Equal("incorrect_request", Assert.Single(answer.Headers.GetValues("X-Error-Code")));
    }

    [Theory]
    [InlineData("Sec-Purpose", "prefetch")]
    [InlineData("Sec-Purpose", "prefetch;prerender")]
    [InlineData("Purpose", "prefetch")]
    [InlineData("X-Purpose", "preview")]
    [InlineData("X-Moz", "prefetch")]
    [InlineData("X-Moz", "Prefetch")]
    [InlineData("User-Agent", "TelegramBot (like TwitterBot)")]
    [InlineData("User-Agent", "WhatsApp/2.23.20.0 A")]
    [InlineData("User-Agent", "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)")]
    [InlineData("User-Agent", "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)")]
    [InlineData("User-Agent", "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)")]
    [InlineData("User-Agent", "Twitterbot/1.0")]
    [InlineData("User-Agent", "LinkedInBot/1.0 (compatible; Mozilla/5.0)")]
    [InlineData("User-Agent", "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5")]
    [InlineData("User-Agent", "Mozilla/5.0 (compatible; vkShare; +http://vk.com/dev/Share)")]
    [InlineData("User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")]
    public async Task A_link_that_is_only_looked_at_changes_nothing(string header, string value)
    {
        foreach (var path in new[] { "/api/v2", "/api/v1" })
        {
            foreach (var call in new[] { Add, "cancel&order=1", "refill&order=1", "balance", "services" })
            {
                using var answer = await GetAsync(_panel, call, path, (header, value));

                Assert.Equal(IncorrectRequest, await answer.Content.ReadAsStringAsync());
                AssertNotOverGet(answer);
            }
        }

        Assert.Equal(Balance, await _panel.DemoAsync(("action", "balance")));
    }

    [Theory]
    [InlineData("User-Agent", "Mozilla/4.0 (compatible; MSIE 5.01; Windows NT 5.0)")]
    [InlineData("User-Agent", "MySmmBot/1.0 python-requests/2.31")]
    [InlineData("User-Agent", "python-telegram-bot/20.7")]
    [InlineData("Sec-Purpose", "")]
    [InlineData("X-Purpose", "order")]
    public async Task A_program_that_orders_is_served(string header, string value)
    {
        using var answer = await GetAsync(_panel, Add, "/api/v2", (header, value));

        Assert.Equal(Placed, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_preview_that_posts_is_a_program()
    {
        using var call = new HttpRequestMessage(HttpMethod.Post, "/api/v2")
        {
            Content = new FormUrlEncodedContent([new("key", TestPanel.DemoKey), new("action", "balance")]),
        };
        call.Headers.TryAddWithoutValidation("User-Agent", "TelegramBot (like TwitterBot)");
        using var answer = await _panel.Client.SendAsync(call);

        Assert.Equal(Balance, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_query_string_reaches_no_trace()
    {
        var traced = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (traced)
                {
                    traced.Add($"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Baggage)}");
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        // The client's own trace is not ours: the request is made past it.
        using var invoker = new HttpMessageInvoker(_panel.Handler);
        using var call = new HttpRequestMessage(
            HttpMethod.Get, new Uri(_panel.Client.BaseAddress!, $"/api/v2?key={TestPanel.DemoKey}&action=balance"));
        using var answer = await invoker.SendAsync(call, CancellationToken.None);

        Assert.Equal(Balance, await answer.Content.ReadAsStringAsync());
        lock (traced)
        {
            Assert.Contains(traced, trace => trace.Contains("Microsoft.AspNetCore", StringComparison.Ordinal));
            Assert.DoesNotContain(traced, trace => trace.Contains(TestPanel.DemoKey, StringComparison.Ordinal));
        }
    }

    private static void AssertNotOverGet(HttpResponseMessage answer)
    {
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("method_not_allowed", Assert.Single(answer.Headers.GetValues("X-Error-Code")));
        Assert.Equal("POST", Assert.Single(answer.Content.Headers.Allow));
    }

    private static async Task<HttpResponseMessage> GetAsync(
        TestPanel panel, string call, string path = "/api/v2", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{path}?key={TestPanel.DemoKey}&action={call}");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await panel.Client.SendAsync(request);
    }
}
