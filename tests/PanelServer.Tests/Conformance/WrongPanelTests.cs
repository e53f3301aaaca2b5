using Microsoft.AspNetCore.Http;
using PanelServer.Conformance;

namespace PanelServer.Tests.Conformance;

/// <summary>A sandbox whose answers a wrong panel changes.</summary>
public sealed class RightPanel : IAsyncLifetime
{
    internal TestPanel Panel { get; } = TestPanel.Sandbox();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Panel.DisposeAsync();
}

/// <summary>That a judgement finds each wrong behaviour, names it, and blames nothing else.</summary>
public sealed class WrongPanelTests(RightPanel right) : IClassFixture<RightPanel>
{
    private static readonly Bounds Impatient = new(TimeSpan.FromSeconds(5), TimeSpan.Zero);

    private static int _judgements;

    public static TheoryData<string> Wrongs => [.. Mistakes.All.Select(wrong => wrong.Name)];

    public static TheoryData<string> Tastes => [.. Mistakes.Tastes.Select(taste => taste.Name)];

    public static TheoryData<string> Hopeless => [.. HopelessMistakes.Keys];

    private static Dictionary<string, (Mistake Mistake, string Said)> HopelessMistakes => new()
    {
        ["html"] = (Mistakes.On("balance", Mistakes.Say(200, "text/html", "<html>")), "is no panel, or not well: it answers <html>"),
        ["stack trace"] = (Mistakes.On("balance", Mistakes.Say(500, "text/plain", "Fatal\nerror")), @"is no panel, or not well: it answers 500 Fatal\u000aerror"),
        ["redirect"] = (Mistakes.On("balance", Mistakes.RedirectAsync), "redirects to https://elsewhere.example/; judge that address"),
        ["hanging"] = (Mistakes.On("balance", Mistakes.HangAsync), "does not answer: no complete answer within 5 s"),
        ["endless body"] = (Mistakes.On("balance", Mistakes.EndlessAsync), "is no panel, or not well: it answers more than 33554432 bytes"),
        ["an error"] = (Mistakes.On("balance", Mistakes.Say("""{"error":"Maintenance"}""")), "refuses even to tell the balance: Maintenance"),
    };

    [Theory]
    [MemberData(nameof(Wrongs))]
    public async Task One_wrong_behaviour_fails_one_check_that_says_what_was_wanted_and_got(string name)
    {
        var wrong = Mistakes.All.Single(wrong => wrong.Name == name);

        var card = (await JudgeAsync(wrong.Mistake, wrong.Orders)).Card!;

        var failed = card.Marks.Where(mark => mark.Outcome == Outcome.Fail).ToDictionary(mark => $"{mark.Action}: {mark.Name}");
        string[] expected = wrong.Also is { } also ? [wrong.Found, also] : [wrong.Found];
        Assert.Equal(expected.Order(), failed.Keys.Order());
        Assert.Contains(wrong.Wanted, failed[wrong.Found].Wanted, StringComparison.Ordinal);
        Assert.Contains(wrong.Got, failed[wrong.Found].Verdict.Got, StringComparison.Ordinal);
        Assert.InRange(card.Percent, 1, 99);
    }

    [Theory]
    [MemberData(nameof(Tastes))]
    public async Task A_matter_of_taste_is_noted_where_it_shows_and_not_counted_as_wrong(string name)
    {
        var taste = Mistakes.Tastes.Single(taste => taste.Name == name);

        var card = (await JudgeAsync(taste.Mistake, orders: false)).Card!;

        string[] expected = taste.Also is { } also ? [taste.Found, also] : [taste.Found];
        Assert.Equal(expected, card.Marks.Where(mark => mark.Outcome == Outcome.Note).Select(mark => $"{mark.Action}: {mark.Name}"));
        Assert.Equal((0, expected.Length, 100), (card.Wrong, card.MattersOfTaste, card.Percent));
    }

    [Fact]
    public void A_matter_of_taste_is_known_for_each_check_beyond_what_the_market_agrees_on()
    {
        var extensions = ReadingProbes.All.Concat(OrderProbes.All)
            .Where(probe => probe.IsExtension)
            .SelectMany(probe => probe.Rules, (probe, rule) => $"{probe.Action}: {rule.Name}");

        // This one has a test of its own, because two orders come of it.
        Assert.Equal(["add: the same request_id is the same order"], extensions.Except(Mistakes.Tastes.Select(taste => taste.Found)));
    }

    [Fact]
    public async Task Without_a_mistake_all_of_it_is_right()
    {
        var card = (await JudgeAsync(new(_ => false, Mistakes.Say("")), orders: true)).Card!;

        Assert.Equal(100, card.Percent);
        Assert.All(card.Marks, mark => Assert.Equal(Outcome.Pass, mark.Outcome));
    }

    [Fact]
    public void A_wrong_behaviour_is_known_for_each_check_that_can_fail()
    {
        var known = Mistakes.All.Select(wrong => wrong.Found).Concat(Mistakes.All.Select(wrong => wrong.Also)).ToHashSet();
        var judged = ReadingProbes.All.Concat(OrderProbes.All)
            .Where(probe => !probe.IsExtension)
            .SelectMany(probe => probe.Rules, (probe, rule) => $"{probe.Action}: {rule.Name}");

        // These can only be noted, never fail.
        string[] noted =
        [
            "balance: nothing else is said", "services: nothing else is said", "add: nothing else is said", "status: nothing else is said",
            "refill: items name their order by a number", "refill_status: items name their refill by a number", "cancel: items name their order by a number",
        ];
        Assert.Equal([], judged.Except(known).Except(noted));
    }

    [Fact]
    public async Task What_hangs_on_an_unreadable_list_counts_as_not_passed()
    {
        var card = (await JudgeAsync(Mistakes.On("services", Mistakes.Say("{}")), orders: true)).Card!;

        Assert.Equal(Outcome.Open, card.Marks.Single(mark => mark is { Action: "add", Name: "an order is taken" }).Outcome);
        Assert.Equal(Outcome.Open, card.Marks.Single(mark => mark is { Action: "add", Name: "a missing link is refused" }).Outcome);
        Assert.Empty(card.Placed);
    }

    [Fact]
    public async Task A_panel_that_knows_no_retry_keys_makes_two_orders_and_both_are_canceled()
    {
        var lost = await right.Panel.OrderAsync(link: "https://example.com/lost");
        var card = (await JudgeAsync(
            Mistakes.When("add", form => form.ContainsKey("request_id"), Once($"{{\"order\":{lost}}}")), orders: true)).Card!;

        Assert.Equal(2, card.Placed.Count);
        Assert.Equal(Outcome.Note, card.Marks.Single(mark => mark.Name == "the same request_id is the same order").Outcome);
        Assert.Equal(100, card.Percent);
        var states = await right.Panel.DemoAsync(("action", "status"), ("orders", string.Join(',', card.Placed)));
        Assert.Equal(2, states.Split("\"Canceled\"").Length - 1);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("-1e999")]
    [InlineData("\"\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[null]")]
    [InlineData("[[[]]]")]
    [InlineData("[{}]")]
    [InlineData("{\"\":null}")]
    [InlineData("{\"error\":null}")]
    [InlineData("{\"error\":\"\"}")]
    [InlineData("[{\"service\":{},\"rate\":[],\"min\":1e9,\"max\":-0,\"type\":null,\"order\":[],\"refill\":{},\"cancel\":null}]")]
    [InlineData("[{\"service\":7,\"type\":\"default\",\"rate\":1e-9,\"min\":\"1\",\"max\":99999999999999999999}]")]
    [InlineData("{\"order\":1,\"order\":2,\"charge\":\"999999999999.99999\",\"balance\":0.1,\"status\":{},\"refill\":-1}")]
    public async Task No_answer_breaks_the_judgement(string answer)
    {
        // All of it, and then only what comes after the list of services.
        foreach (var from in new[] { 2, 3 })
        {
            var calls = 0;
            var judgement = await JudgeAsync(new(_ => ++calls >= from, Mistakes.Say(answer)), orders: true);
            Assert.True(judgement.Card?.Percent < 100 || judgement.WhyNot.Length > 0);
        }
    }

    [Fact]
    public void No_two_checks_have_the_same_name() =>
        Assert.Equal([],
            from probe in ReadingProbes.All.Concat(OrderProbes.All)
            from rule in probe.Rules
            group rule by $"{probe.Action}: {rule.Name}" into same
            where same.Count() > 1
            select same.Key);

    [Theory]
    [MemberData(nameof(Hopeless))]
    public async Task Where_there_is_no_panel_one_line_says_so(string name)
    {
        var (mistake, said) = HopelessMistakes[name];

        var judgement = await JudgeAsync(mistake, orders: false);

        Assert.Null(judgement.Card);
        Assert.Equal(said, judgement.WhyNot);
    }

    [Theory]
    [InlineData("services", "\"service\":1,", "\"service\":\"1\",", "services: service is a number", "service \"1\": \"1\"")]
    [InlineData("services", "\"min\":\"50\"", "\"min\":50", "services: min is a string with an integer", "service 1: 50")]
    [InlineData("services", "\"rate\":\"0.90\"", "\"rate\":0.90", "services: rate is a string with a decimal", "service 1: 0.90")]
    [InlineData("services", "\"type\":\"Poll\"", "\"type\":\"17\"", "services: type is the name of a service type", "service 5: \"17\"")]
    [InlineData("services", ",\"cancel\":false", ",\"average_time\":\"1 h\"", "services: cancel is a boolean", "service 5: no such key (and 1 more)")]
    [InlineData("services", ",\"cancel\":false", ",\"cancel\":false,\"average_time\":\"1 h\"", "services: nothing else is said", "service 5: also average_time (and 1 more)")]
    [InlineData("balance", "\"currency\"", "\"status\":\"success\",\"currency\"", "balance: nothing else is said", "also status")]
    [InlineData("status", "\"0.04500\"", "\"0.045\"", "status: charge is a string with five decimals", "\"0.045\"")]
    [InlineData("status", "\"start_count\":\"0\"", "\"start_count\":0", "status: start_count is a string with an integer", "0")]
    [InlineData("status", "\"Pending\"", "\"Awaiting\"", "status: status is one of the six states", "\"Awaiting\"")]
    [InlineData("add", "Incorrect service ID", "neworder.error.incorrect_service_id", "add: an unknown service is refused", "{\"error\":\"neworder.error.incorrect_service_id\"}")]
    [InlineData("refill", "\"order\":2147483647", "\"order\":\"2147483647\"", "refill: items name their order by a number", "\"2147483647\"")]
    [InlineData("cancel", "\"cancel\":1}", "\"cancel\":true}", "cancel: the own order has 1, or says why not", "\"cancel\":true}")]
    public async Task What_the_market_tolerates_is_noted_and_costs_nothing(string action, string text, string by, string noted, string got)
    {
        var card = (await JudgeAsync(Mistakes.On(action, Mistakes.Replace(text, by)), orders: true)).Card!;

        var mark = card.Marks.Single(mark => $"{mark.Action}: {mark.Name}" == noted);
        Assert.Equal(Outcome.Note, mark.Outcome);
        Assert.Contains(got, mark.Verdict.Got, StringComparison.Ordinal);
        Assert.Equal(100, card.Percent);
    }

    [Theory]
    [InlineData(400, "application/json", "answer: HTTP status 200, errors included")]
    [InlineData(200, "application/json; charset=utf-8", "answer: the content type is application/json")]
    public async Task Another_status_or_charset_of_an_error_is_noted(int status, string type, string noted)
    {
        var card = (await JudgeAsync(Mistakes.On("no_such_action", Mistakes.Say(status, type, """{"error":"Incorrect request"}""")), orders: false)).Card!;

        Assert.Equal(Outcome.Note, card.Marks.Single(mark => $"{mark.Action}: {mark.Name}" == noted).Outcome);
        Assert.Equal(100, card.Percent);
    }

    [Fact]
    public async Task What_a_panel_does_not_offer_is_noted()
    {
        var none = Mistakes.Say("""{"error":"Incorrect request"}""");
        var card = (await JudgeAsync(new(form => form.GetValueOrDefault("action") is "refill" or "refill_status" or "cancel", none), orders: false)).Card!;

        Assert.Equal(100, card.Percent);
        Assert.Contains(card.Marks, mark => mark is { Action: "cancel", Outcome: Outcome.Skip });
        Assert.DoesNotContain(card.Marks, mark => mark.Outcome == Outcome.Fail);
    }

    [Fact]
    public async Task A_panel_that_answers_no_more_is_not_asked_for_ever()
    {
        var calls = 0;
        await using var panel = await WrongPanel.StartAsync(right.Panel.Client, new(_ => ++calls > 1, Mistakes.CutOffAsync));
        var card = (await RunAsync(panel, orders: false)).Card!;

        Assert.Equal(1 + Bounds.Unanswered, calls);
        Assert.Equal("answer: every call is answered in time", card.Marks.Where(mark => mark.Outcome == Outcome.Fail).Select(mark => $"{mark.Action}: {mark.Name}").Single());
        Assert.InRange(card.Percent, 1, 30);
    }

    [Fact]
    public async Task Each_call_has_its_own_connection_because_an_old_one_may_just_be_closing()
    {
        var calls = 0;
        HashSet<string> connections = [];
        await JudgeAsync(
            new(_ => true, (context, said) =>
            {
                calls++;
                connections.Add(context.Connection.Id);
                return WrongPanel.SayAsync(context, said);
            }),
            orders: true);

        Assert.InRange(calls, 40, 80);
        Assert.Equal(calls, connections.Count);
    }

    [Fact]
    public async Task What_a_panel_says_is_shown_short_on_one_line_and_without_the_key()
    {
        var said = $"{{\"error\":\"key {TestPanel.DemoKey} said\\n{new string('x', 5000)}\"}}";
        var card = (await JudgeAsync(Mistakes.On("no_such_action", Mistakes.Say(said)), orders: false)).Card!;

        var got = card.Marks.Single(mark => mark.Outcome == Outcome.Fail).Verdict.Got;
        Assert.StartsWith("{\"error\":\"key [key] said", got, StringComparison.Ordinal);
        Assert.InRange(got.Length, 100, Bounds.ShownCharacters + 1);
        Assert.DoesNotContain(got, char.IsControl);
    }

    /// <summary>The right answer the first time, then another one.</summary>
    private static Func<HttpContext, string, Task> Once(string later)
    {
        var calls = 0;
        return (context, right) => WrongPanel.SayAsync(context, ++calls == 1 ? right : later);
    }

    private async Task<ConformanceResult> JudgeAsync(Mistake mistake, bool orders)
    {
        await using var panel = await WrongPanel.StartAsync(right.Panel.Client, mistake);
        return await RunAsync(panel, orders);
    }

    private static Task<ConformanceResult> RunAsync(WrongPanel panel, bool orders) =>
        new ConformanceRunner(panel.Address, TestPanel.DemoKey, Impatient).RunAsync(
            new(orders, null, null), $"test-{Interlocked.Increment(ref _judgements)}", new Progress<double>(), CancellationToken.None);
}
