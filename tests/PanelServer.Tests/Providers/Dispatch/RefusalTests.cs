using PanelServer.Domain.Providers;
using PanelServer.Tests.Providers.Client;

namespace PanelServer.Tests.Providers.Dispatch;

/// <summary>
/// Whatever a provider says to an order, in whichever language: no order ends for a reason that is not its own, one order
/// pauses nobody, and an operator finds what has stopped with orders and words.
/// </summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private SayingUpstream? _upstream;
    private ForwardingPanel? _ours;

    private SayingUpstream There => _upstream ?? throw new InvalidOperationException("not started");

    private ForwardingPanel Ours => _ours ?? throw new InvalidOperationException("not started");

    public async Task InitializeAsync()
    {
        (_upstream, _ours) = (new SayingUpstream(), await ForwardingPanel.StartAsync(seconds: 5));
        await Ours.Panel.VerbAsync("provider", "add", "acme", "--url", There.Address.ToString(), "--key", "k-1234567890", "--internal", "--per-second", "10000");
        await Ours.RouteAsync("acme");
    }

    public async Task DisposeAsync()
    {
        await Ours.DisposeAsync();
        await There.DisposeAsync();
    }

    [Fact]
    public async Task Words_about_us_about_now_or_about_the_provider_end_no_order_and_are_told()
    {
        foreach (var (words, about) in SpokenRefusals.All.Where(one => one.About is RejectionReason.Funds or RejectionReason.Key or RejectionReason.Rate or RejectionReason.Busy or RejectionReason.Limit))
        {
            There.Say(words);
            There.Balance = about switch
            {
                RejectionReason.Funds => """{"balance":"0.01","currency":"USD"}""",
                RejectionReason.Key => """{"error":"Invalid API key"}""",
                _ => """{"balance":"1000","currency":"USD"}""",
            };
            var order = await Ours.OrderAsync(Ours.NewLink());
            await AnsweredAsync(order, words);

            Assert.True(Ours.Outcomes(order).StartsWith('6'), $"{words}: {Ours.Outcomes(order)}");
            Assert.Equal(new OrderStands("Pending", 100, 20_000, false), Ours.Stands(order));
            var pause = about switch { RejectionReason.Funds => "2", RejectionReason.Key => "3", _ => "0" };
            Assert.Equal((words, pause), (words, Paused()));
            var tasks = await Ours.Panel.VerbAsync("task", "list", "--limit", "1000");
            Assert.Contains(tasks.Split('\n'), line => line.Contains(words, StringComparison.Ordinal) && line.Contains($" {order} ", StringComparison.Ordinal));
            Assert.Contains(words, await Ours.Panel.VerbAsync("order", "show", $"{order}"), StringComparison.Ordinal);

            await Ours.Panel.VerbAsync("order", "cancel", $"{order}");
            await ResumeAsync();
        }
    }

    [Fact]
    public async Task Words_about_the_target_or_the_service_end_that_order_alone_and_count_for_nothing()
    {
        foreach (var (words, about) in SpokenRefusals.All.Where(one => one.About is RejectionReason.Request or RejectionReason.Service))
        {
            There.Say(words);
            var order = await Ours.OrderAsync(Ours.NewLink());
            await AnsweredAsync(order, words);

            Assert.Equal((words, "2", new OrderStands("Canceled", 100, 0, false)), (words, Ours.Outcomes(order), Ours.Stands(order)));
            Assert.Equal((words, "0"), (words, Paused()));
            Assert.Equal((words, about == RejectionReason.Service ? "1" : "0"), (words, Ours.Rows("SELECT locked IS NOT NULL FROM routes").Single()));
            if (about == RejectionReason.Service)
            {
                Assert.Contains(words, await Ours.Panel.VerbAsync("task", "list", "--limit", "1000"), StringComparison.Ordinal);
                await Ours.Panel.VerbAsync("route", "unlock", "1");
            }
        }

        Assert.Equal("0", Ours.Rows("SELECT COUNT(*) FROM strange_refusals").Single());
    }

    [Fact]
    public async Task The_third_refusal_in_words_that_nobody_knows_pauses_the_provider_and_ends_no_order()
    {
        There.Say("kaput 77");
        var orders = new List<int>();
        for (var at = 0; at < 6; at++)
        {
            orders.Add(await Ours.OrderAsync(Ours.NewLink()));
            if (at < 3)
            {
                await AnsweredAsync(orders[at], "kaput");
            }
        }

        Assert.Equal(["2", "2", "6", "", "", ""], orders.Select(order => Ours.Outcomes(order)));
        Assert.Equal("4", Paused());
        Assert.All(orders.Skip(2), order => Assert.Equal(new OrderStands("Pending", 100, 20_000, false), Ours.Stands(order)));
        var alert = Assert.Single(Ours.Rows("SELECT said FROM alerts WHERE closed_at IS NULL"));
        Assert.Contains("\"kaput 77", alert, StringComparison.Ordinal);
        Assert.Contains($"3 orders: {orders[0]}, {orders[1]}, {orders[2]}", alert, StringComparison.Ordinal);
        Assert.Contains("kaput 77", await Ours.Panel.VerbAsync("task", "list"), StringComparison.Ordinal);
        Assert.Contains("strange answers", await Ours.Panel.VerbAsync("provider", "list"), StringComparison.Ordinal);

        // A probe is one order, and its refusal ends none.
        var calls = There.CallsOf("add");
        await Ours.PollAsync("acme");
        Assert.Equal(calls + 1, There.CallsOf("add"));
        Assert.Equal("4", Paused());
        Assert.All(orders.Skip(2), order => Assert.Equal("Pending", Ours.Stands(order).Status));
        Assert.Single(Ours.Rows("SELECT id FROM alerts WHERE closed_at IS NULL"));

        // The first that it takes ends the pause, and everything goes on.
        There.Refusal = _ => null;
        await Ours.PollUntilAsync("all are taken", () => orders.Skip(2).All(order => Ours.UpstreamId(order).Length > 0), "acme");
        Assert.Equal("0", Paused());
        Assert.Empty(Ours.Rows("SELECT id FROM alerts WHERE closed_at IS NULL"));
        Assert.Empty(Ours.Rows("SELECT order_id FROM strange_refusals"));
    }

    [Fact]
    public async Task A_probe_is_made_by_itself_when_its_time_has_come()
    {
        There.Say("kaput");
        var orders = new List<int>();
        for (var at = 0; at < 3; at++)
        {
            orders.Add(await Ours.OrderAsync(Ours.NewLink()));
            await AnsweredAsync(orders[at], "kaput");
        }

        Assert.Equal("4", Paused());
        Assert.Equal("1", Ours.Rows("SELECT probe_at - paused_at = 900000 FROM providers").Single());
        There.Refusal = _ => null;
        Ours.Panel.Tamper("UPDATE providers SET probe_at = 1");

        await ForwardingPanel.UntilAsync(() => Ours.UpstreamId(orders[2]).Length > 0);
        await ForwardingPanel.UntilAsync(() => Paused() == "0");
    }

    [Fact]
    public async Task Refusals_of_one_target_of_one_reseller_pause_nobody()
    {
        There.Say("kaput");
        var link = Ours.NewLink();
        for (var at = 0; at < 5; at++)
        {
            var order = await Ours.OrderAsync(link);
            await AnsweredAsync(order, "kaput");
            Assert.Equal("2", Ours.Outcomes(order));
        }

        Assert.Equal("0", Paused());

        // Another target makes it the provider's fault, and not its own.
        var other = await Ours.OrderAsync(Ours.NewLink());
        await AnsweredAsync(other, "kaput");
        Assert.Equal(("6", "4"), (Ours.Outcomes(other), Paused()));
    }

    [Fact]
    public async Task An_acceptance_between_lets_the_count_begin_anew()
    {
        for (var at = 0; at < 6; at++)
        {
            There.Say("kaput");
            var order = await Ours.OrderAsync(Ours.NewLink());
            await AnsweredAsync(order, "kaput");
            Assert.Equal("2", Ours.Outcomes(order));
            if (at % 2 == 1)
            {
                There.Refusal = _ => null;
                var taken = await Ours.OrderAsync(Ours.NewLink());
                await ForwardingPanel.UntilAsync(() => Ours.Outcomes(taken) == "1");
            }
        }

        Assert.Equal("0", Paused());
    }

    [Theory]
    [InlineData("target", "6 2", "Canceled")]
    [InlineData("wait", "6 6", "Pending")]
    public async Task What_an_operator_says_of_words_ends_the_pause(string meaning, string outcomes, string status)
    {
        There.Say("gesperrtes Dingsbums");
        var order = 0;
        for (var at = 0; at < 3; at++)
        {
            order = await Ours.OrderAsync(Ours.NewLink());
            await AnsweredAsync(order, "Dingsbums");
        }

        Assert.Equal("4", Paused());
        Assert.Contains("it is sent to again", await Ours.Panel.VerbAsync("provider", "word", "acme", $"Dingsbums={meaning}"), StringComparison.Ordinal);
        await ForwardingPanel.UntilAsync(() => Ours.Outcomes(order).StartsWith(outcomes, StringComparison.Ordinal));
        Assert.Equal((status, "0"), (Ours.Stands(order).Status, Paused()));
        Assert.Contains("Dingsbums", await Ours.Panel.VerbAsync("provider", "word", "acme"), StringComparison.Ordinal);
        await Ours.Panel.VerbAsync("provider", "word", "acme", "--remove", "dingsbums");
        Assert.Equal(1, (await Ours.Panel.TryVerbAsync("provider", "word", "acme", "--remove", "dingsbums")).Exit);
        Assert.Equal(2, (await Ours.Panel.TryVerbAsync("provider", "word", "acme", "Dingsbums=soon")).Exit);
    }

    [Fact]
    public async Task Faults_over_there_leave_orders_unknown_and_the_third_pauses_the_provider()
    {
        There.Say("Internal server error");
        var orders = new List<int>();
        for (var at = 0; at < 5; at++)
        {
            orders.Add(await Ours.OrderAsync(Ours.NewLink()));
            if (at < 3)
            {
                await AnsweredAsync(orders[at], "Internal");
            }
        }

        Assert.Equal(["4", "4", "4", "", ""], orders.Select(order => Ours.Outcomes(order)));
        Assert.Equal("4", Paused());
        Assert.All(orders.Take(3), order => Assert.Equal(new OrderStands("Pending", 100, 20_000, true), Ours.Stands(order)));
        Assert.Contains("3 orders", Assert.Single(Ours.Rows("SELECT said FROM alerts WHERE kind = 16 AND closed_at IS NULL")), StringComparison.Ordinal);

        // A probe sends one that was never sent; what is unknown never goes by itself.
        There.Refusal = _ => null;
        await Ours.PollUntilAsync("the others are taken", () => orders.Skip(3).All(order => Ours.UpstreamId(order).Length > 0), "acme");
        Assert.Equal(["4", "4", "4"], orders.Take(3).Select(order => Ours.Outcomes(order)));
    }

    [Theory]
    [InlineData("Not enough funds", """{"balance":"1000","currency":"USD"}""", "2", "0")]
    [InlineData("Not enough funds", """{"error":"Please try again later"}""", "6", "0")]
    [InlineData("Not enough funds", "<html>", "6", "0")]
    [InlineData("Not enough funds", """{"balance":"1000","currency":"EUR"}""", "6", "0")]
    [InlineData("Invalid API key", """{"balance":"1000","currency":"USD"}""", "2", "0")]
    [InlineData("Invalid API key", """{"error":"kaput"}""", "6", "0")]
    [InlineData("Invalid API key", """{"error":"Invalid API key"}""", "6", "3")]
    [InlineData("User not found", """{"balance":"1000","currency":"USD"}""", "2", "0")]
    [InlineData("account suspended", """{"balance":"0.00","currency":"USD"}""", "2", "0")]
    [InlineData("User not found", """{"error":"User not found"}""", "6", "3")]
    [InlineData("kaput", """{"balance":"0.01","currency":"USD"}""", "6", "2")]
    [InlineData("kaput", """{"error":"Invalid API key"}""", "6", "3")]
    [InlineData("kaput", "<html>", "2", "0")]
    public async Task The_balance_decides_whether_it_is_about_us(string words, string balance, string outcome, string pause)
    {
        There.Say(words);
        There.Balance = balance;
        var order = await Ours.OrderAsync(Ours.NewLink());
        await AnsweredAsync(order, words);

        Assert.Equal((outcome, pause), (Ours.Outcomes(order)[..1], Paused()));

        // What the balance does not confirm counts as words that nobody knows; what speaks of the target does not.
        var isStrange = outcome == "2" && words is not ("User not found" or "account suspended");
        Assert.Equal(isStrange ? "1" : "0", Ours.Rows("SELECT COUNT(*) FROM strange_refusals").Single());
    }

    [Theory]
    [InlineData(401, "Invalid API key", "3")]
    [InlineData(401, "Not enough funds", "0")]
    [InlineData(403, "Invalid API key", "0")]
    [InlineData(503, "Invalid API key", "0")]
    public async Task A_key_is_refused_there_too_by_a_status_that_says_so_without_words(int status, string words, string pause)
    {
        There.Say(words);
        (There.BalanceStatus, There.Balance) = (status, "<html>");
        var order = await Ours.OrderAsync(Ours.NewLink());
        await AnsweredAsync(order, words);

        Assert.Equal(("6", pause, "Pending"), (Ours.Outcomes(order)[..1], Paused(), Ours.Stands(order).Status));
    }

    [Fact]
    public async Task An_order_that_would_pause_its_provider_again_and_again_is_put_aside()
    {
        There.Refusal = form => form["link"].Contains("dear", StringComparison.Ordinal) ? "Not enough funds" : null;
        There.Balance = """{"balance":"0.01","currency":"USD"}""";
        var dear = await Ours.OrderAsync(Ours.NewLink("dear"));
        for (var cents = 1; cents <= 2; cents++)
        {
            There.Balance = $$"""{"balance":"0.0{{cents}}","currency":"USD"}""";
            await Ours.PollUntilAsync("it is refused", () => Ours.Outcomes(dear).Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == cents && Paused() == "2", "acme");
        }

        // The balance has risen, and still does not reach for this one.
        There.Balance = """{"balance":"0.03","currency":"USD"}""";
        await Ours.PollUntilAsync("it is put aside", () => Ours.Stands(dear).UnderReview, "acme");
        Assert.Equal(("6 6 6", "0"), (Ours.Outcomes(dear), Paused()));
        Assert.Contains(
            (await Ours.Panel.VerbAsync("task", "list")).Split('\n'),
            line => line.StartsWith("review", StringComparison.Ordinal) && line.Contains("Not enough funds", StringComparison.Ordinal) && line.Contains("order forward", StringComparison.Ordinal));

        var other = await Ours.OrderAsync(Ours.NewLink());
        await ForwardingPanel.UntilAsync(() => Ours.Outcomes(other) == "1");
        await Ours.PollAsync("acme");
        Assert.Equal("6 6 6", Ours.Outcomes(dear));

        There.Refusal = _ => null;
        await Ours.Panel.VerbAsync("order", "forward", $"{dear}");
        await ForwardingPanel.UntilAsync(() => Ours.Outcomes(dear) == "6 6 6 1");
    }

    [Fact]
    public async Task A_busy_target_is_tried_again_for_a_day_and_lets_others_pass()
    {
        var busy = Ours.NewLink();
        There.Refusal = form => form["link"] == busy ? "You have active order with this link. Please wait until order being completed." : null;
        var (waits, other) = (await Ours.OrderAsync(busy), await Ours.OrderAsync(Ours.NewLink()));
        await AnsweredAsync(waits, "active order");
        await ForwardingPanel.UntilAsync(() => Ours.Outcomes(other) == "1");
        Assert.Equal(("6", "0"), (Ours.Outcomes(waits)[..1], Paused()));

        // The other has ended.
        There.Refusal = _ => null;
        await Ours.PollUntilAsync("it is taken", () => Ours.UpstreamId(waits).Length > 0, "acme");
        Assert.Equal(new OrderStands("Pending", 100, 20_000, false), Ours.Stands(waits));

        var late = Ours.NewLink();
        There.Refusal = form => form["link"] == late ? "Duplicate order" : null;
        var stays = await Ours.OrderAsync(late);
        await AnsweredAsync(stays, "Duplicate");
        Ours.Panel.Tamper($"UPDATE sendings SET started_at = started_at - 86400000 WHERE subject = {stays}");
        await Ours.PollUntilAsync("it is refused", () => Ours.Stands(stays).Status == "Canceled", "acme");
    }

    [Fact]
    public async Task Too_many_calls_put_an_order_off_and_a_redirect_tells_where_it_leads()
    {
        There.Raw = RawScript.Reply(429, "<html><body>429 Too Many Requests</body></html>", "Retry-After: 1");
        var order = await Ours.OrderAsync(Ours.NewLink());
        await AnsweredAsync(order, "429");
        Assert.Equal("6", Ours.Outcomes(order)[..1]);
        There.Raw = null;
        await Ours.PollUntilAsync("it is taken", () => Ours.UpstreamId(order).Length > 0, "acme");

        There.Raw = RawScript.Reply(301, "", "Location: https://x.example/api/v2");
        var lost = await Ours.OrderAsync(Ours.NewLink());
        await AnsweredAsync(lost, "");
        Assert.Equal("4", Ours.Outcomes(lost));
        Assert.Contains("https://x.example/api/v2", await Ours.Panel.VerbAsync("order", "show", $"{lost}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_for_a_state_means_what_the_operator_says()
    {
        There.Status = """{"status":"Done","remains":"0"}""";
        var order = await Ours.OrderAsync(Ours.NewLink());
        await ForwardingPanel.UntilAsync(() => Ours.Outcomes(order) == "1");
        await Ours.PollAsync("acme");
        Assert.Equal("Pending", Ours.Stands(order).Status);

        await Ours.Panel.VerbAsync("provider", "word", "acme", "Done=Completed", "2 = Canceled");
        await Ours.PollUntilAsync("it has ended", () => Ours.Stands(order).Status == "Completed", "acme");

        There.Status = """{"status":2}""";
        var other = await Ours.OrderAsync(Ours.NewLink());
        await ForwardingPanel.UntilAsync(() => Ours.Outcomes(other) == "1");
        await Ours.PollUntilAsync("it is canceled", () => Ours.Stands(other).Status == "Canceled", "acme");
    }

    private string Paused() => Ours.Rows("SELECT paused FROM providers").Single();

    private async Task ResumeAsync()
    {
        There.Balance = """{"balance":"1000","currency":"USD"}""";
        await Ours.Panel.VerbAsync("provider", "resume", "acme");
    }

    /// <summary>Until what came of an order's first sending is written down.</summary>
    private Task AnsweredAsync(int order, string words) =>
        Patience.UntilAsync($"an answer to {words}", () => Ours.Outcomes(order) is not ("" or "0"));
}
