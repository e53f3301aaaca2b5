using System.Globalization;
using System.Text.Json.Nodes;
using PanelServer.Tests.Providers.Dispatch;

namespace PanelServer.Tests.Providers.Polling;

/// <summary>
/// What a provider answers in its own way to questions: it is understood where it can be, told where it cannot, and what
/// was told ends when its reason does.
/// </summary>
public sealed class QuestionAnswerTests : IAsyncLifetime
{
    private const string OpenAlerts = "SELECT subject || ' | ' || said FROM alerts WHERE closed_at IS NULL AND kind =";
    private const string Refused = """{"error":"Order ID is required"}""";

    private ForwardingPanel _ours = null!;
    private EvilPanel _evil = null!;

    public async Task InitializeAsync()
    {
        _evil = await EvilPanel.StartAsync();
        _ours = await ForwardingPanel.StartAsync(seconds: 5);
        await _ours.AddProviderAsync("evil", _evil);
    }

    public async Task DisposeAsync()
    {
        Assert.Equal("the books are right", await _ours.Panel.VerbAsync("verify"));
        await _ours.DisposeAsync();
        await _evil.DisposeAsync();
    }

    [Fact]
    public async Task A_word_that_nobody_knows_is_one_alert_with_its_orders_and_stands_in_the_order()
    {
        var orders = await _ours.AcceptedAsync(3);
        Says([.. orders.Select(order => (order, (JsonNode)"Done"))]);
        await _ours.PollAsync();

        Assert.Equal([$"\"Done\" | it says \"Done\" of an order, which is no state that is known; say what it means by `panelserver provider word evil WORD=STATE`: 3 orders, such as {string.Join(", ", orders)}"], _ours.Rows($"{OpenAlerts} 10"));
        Assert.Contains("evil said last of it: \"Done\"", await _ours.Panel.VerbAsync("order", "show", $"{orders[0]}"), StringComparison.Ordinal);
        Assert.All(orders, order => Assert.Equal(new OrderStands("Pending", 100, 20_000, false), _ours.Stands(order)));

        // Of one it says other words, as numbers and as nothing.
        Says((orders[0], 2), (orders[1], ""), (orders[2], "Done"));
        await _ours.PollAsync();
        Assert.Equal(
            [
                "\"\" | " + $"it says \"\" of an order, which is no state that is known; say what it means by `panelserver provider word evil WORD=STATE`: order {orders[1]}",
                "\"Done\" | " + $"it says \"Done\" of an order, which is no state that is known; say what it means by `panelserver provider word evil WORD=STATE`: 3 orders, such as {string.Join(", ", orders)}",
                "2 | " + $"it says 2 of an order, which is no state that is known; say what it means by `panelserver provider word evil WORD=STATE`: order {orders[0]}",
            ],
            _ours.Rows($"{OpenAlerts} 10 ORDER BY subject"));
        Assert.Contains("said last of it: 2", await _ours.Panel.VerbAsync("order", "show", $"{orders[0]}"), StringComparison.Ordinal);
        Assert.Contains("\"said\":\"\\\"\\\"\"", await _ours.Panel.VerbAsync("order", "show", $"{orders[1]}", "--json"), StringComparison.Ordinal);

        // What the operator says of a word settles it.
        await _ours.Panel.VerbAsync("provider", "word", "evil", "2=In progress");
        await _ours.PollAsync();
        Assert.Equal("In progress", _ours.Stands(orders[0]).Status);
        Assert.Contains("said last of it: 2", await _ours.Panel.VerbAsync("order", "show", $"{orders[0]}"), StringComparison.Ordinal);

        // When it is said of none any more, the alert ends by itself.
        _evil.Behave();
        await _ours.PlayAsync(_evil, orders, """{"status":"Completed"}""");
        await _ours.PollAsync();
        Assert.Empty(_ours.Rows($"{OpenAlerts} 10"));
        Assert.All(orders, order => Assert.Equal("Completed", _ours.Stands(order).Status));
    }

    [Fact]
    public async Task An_order_that_failed_there_is_looked_at_at_once_and_told_once()
    {
        var orders = await _ours.AcceptedAsync(2);
        _evil.Spoil("status", _ => EvilFault.Reworded("failed", said =>
        {
            foreach (var order in said.AsObject().ToList())
            {
                said[order.Key] = new JsonObject { ["status"] = "Failed", ["remains"] = null };
            }

            return said.ToJsonString();
        }));
        await _ours.PollAsync();

        Assert.All(orders, order => Assert.Equal(new OrderStands("Pending", 100, 20_000, true), _ours.Stands(order)));
        Assert.Single(_ours.Rows($"{OpenAlerts} 10"));
        Assert.Equal(["8", "8"], _ours.Rows("SELECT kind FROM reviews WHERE closed_at IS NULL"));

        _evil.Behave();
        await _ours.PlayAsync(_evil, orders, """{"status":"Canceled"}""");
        await _ours.PollAsync();
        Assert.All(orders, order => Assert.Equal(new OrderStands("Canceled", 100, 0, false), _ours.Stands(order)));
        Assert.Contains("ended by itself: the provider says Canceled", _ours.Rows("SELECT note FROM reviews"));
    }

    [Fact]
    public async Task A_charge_above_what_the_order_was_sold_for_is_kept_and_told_as_a_loss()
    {
        var order = Assert.Single(await _ours.AcceptedAsync(1));
        _evil.Spoil("status", _ => EvilFault.Says("""{"charge":"5.00","status":"Completed","remains":"0"}"""));
        await _ours.PollAsync();

        Assert.Equal("500000", _ours.Rows($"SELECT cost FROM sendings WHERE subject = {order} AND outcome = 1").Single());
        Assert.Equal([$"1 | its service 1 charges more than orders were sold for, 5.00000 where 0.20000 was paid: order {order}"], _ours.Rows($"{OpenAlerts} 14"));
        Assert.Contains("Loss", await _ours.Panel.VerbAsync("alert", "list"), StringComparison.Ordinal);
        Assert.Equal("Completed", _ours.Stands(order).Status);
    }

    [Fact]
    public async Task An_id_that_is_not_known_there_is_looked_at_after_three_answers_and_an_hour_and_ends_by_itself()
    {
        var order = Assert.Single(await _ours.AcceptedAsync(1));
        _evil.Spoil("status", _ => EvilFault.Says("""{"error":"Incorrect order ID"}"""));
        for (var answer = 0; answer < 3; answer++)
        {
            await _ours.PollAsync();
        }

        Assert.False(_ours.Stands(order).UnderReview);
        Assert.Contains("said last of it: Incorrect order ID", await _ours.Panel.VerbAsync("order", "show", $"{order}"), StringComparison.Ordinal);

        // An hour after the first, and only with the next answer.
        _ours.Panel.Tamper("UPDATE sendings SET unheard_since = unheard_since - 3600000 WHERE unheard > 0");
        await _ours.PollAsync();
        Assert.True(_ours.Stands(order).UnderReview);
        Assert.Contains("unheard", await _ours.Panel.VerbAsync("review", "list"), StringComparison.Ordinal);

        _evil.Behave();
        await _ours.PollAsync();
        Assert.False(_ours.Stands(order).UnderReview);
        Assert.Equal("0", _ours.Rows($"SELECT unheard FROM sendings WHERE subject = {order}").Single());
    }

    [Fact]
    public async Task An_hour_with_fewer_than_three_answers_is_no_reason_to_look()
    {
        var order = Assert.Single(await _ours.AcceptedAsync(1));
        _evil.Spoil("status", EvilFault.Says("""{"error":"Incorrect order ID"}"""), times: 2);
        await _ours.PollAsync();
        _ours.Panel.Tamper("UPDATE sendings SET unheard_since = unheard_since - 36000000 WHERE unheard > 0");
        await _ours.PollAsync();

        Assert.False(_ours.Stands(order).UnderReview);
    }

    [Fact]
    public async Task A_provider_that_takes_only_single_ids_is_asked_so_and_that_is_remembered()
    {
        const int Many = 9;
        var orders = await _ours.AcceptedAsync(Many);
        await _ours.PlayAsync(_evil, orders, """{"status":"In progress","remains":60}""");
        _evil.Spoil("status", form => form.ContainsKey("orders") ? EvilFault.Says(Refused, status: 400) : null);
        await _ours.PollAsync();

        Assert.All(orders, order => Assert.Equal(new OrderStands("In progress", 60, 20_000, false), _ours.Stands(order)));
        Assert.Equal("1", _ours.Rows("SELECT orders_of_call FROM providers").Single());
        Assert.Equal("0 0", _ours.Rows("SELECT failures, COALESCE(open_until, 0) FROM providers").Single());

        var asked = _evil.CallsOf("status");
        Assert.Contains($"asked about {Many} by {Many} calls, 0 without an answer", await _ours.Panel.VerbAsync("provider", "poll", "evil"), StringComparison.Ordinal);
        Assert.Equal(Many, _evil.CallsOf("status") - asked);
        Assert.Equal(0, _evil.Calls.Skip(_evil.Calls.Count - Many).Count(form => form.ContainsKey("orders")));
    }

    [Fact]
    public async Task A_provider_that_takes_four_ids_is_asked_about_as_many_as_it_takes()
    {
        var orders = await _ours.AcceptedAsync(8);
        await _ours.PlayAsync(_evil, orders, """{"status":"In progress","remains":60}""");
        _evil.Spoil("status", form => form.GetValueOrDefault("orders")?.Split(',').Length > 4 ? EvilFault.Says("""{"error":"Too many IDs"}""") : null);
        await _ours.PollAsync();

        Assert.All(orders, order => Assert.Equal("In progress", _ours.Stands(order).Status));
        Assert.Equal("4", _ours.Rows("SELECT orders_of_call FROM providers").Single());
    }

    [Fact]
    public async Task One_id_that_spoils_a_batch_keeps_no_other_from_being_heard_and_is_no_reason_to_ask_singly()
    {
        var orders = await _ours.AcceptedAsync(9);
        await _ours.PlayAsync(_evil, orders, """{"status":"In progress","remains":60}""");
        var bad = _ours.UpstreamId(orders[4]);
        _evil.Spoil("status", form => (form.GetValueOrDefault("orders") ?? form["order"]).Split(',').Contains(bad) ? EvilFault.Says("""{"error":"Incorrect order ID"}""") : null);
        await _ours.PollAsync();

        Assert.All(orders.Where(order => order != orders[4]), order => Assert.Equal("In progress", _ours.Stands(order).Status));
        Assert.Equal(new OrderStands("Pending", 100, 20_000, false), _ours.Stands(orders[4]));
        Assert.Equal("", _ours.Rows("SELECT orders_of_call FROM providers").Single());
    }

    [Fact]
    public async Task A_provider_that_refuses_every_question_is_not_asked_without_end()
    {
        const int Many = 40, MostCalls = 20;
        await _ours.AcceptedAsync(Many);
        var before = _evil.CallsOf("status");
        _evil.Spoil("status", _ => EvilFault.Says(Refused));
        await _ours.PollAsync();

        Assert.InRange(_evil.CallsOf("status") - before, 2, MostCalls);
        _evil.Behave();
        await _ours.PollAsync();
    }

    [Fact]
    public async Task Whatever_is_answered_to_cancel_and_refill_orders_are_sent_as_ever()
    {
        const int Times = 7;
        EvilFault[] answers =
        [
            EvilFault.Says("<html>Not found</html>", status: 404),
            EvilFault.Says("<html>Oops</html>", status: 500),
            EvilFault.Says("what?"),
            EvilFault.Says("""{"error":"Invalid API key"}"""),
            EvilFault.Says("""{"error":"Not enough funds"}"""),
            EvilFault.Says("""{"error":"Too many requests"}""", status: 429, "Retry-After: 3000"),
            EvilFault.Says("""[{"cancel":{"maybe":1}}]"""),
        ];
        var answered = 0;
        var orders = await _ours.AcceptedAsync(Times);
        _evil.Spoil("cancel", _ => answers[answered++ % answers.Length]);
        foreach (var order in orders)
        {
            await _ours.CallAsync("cancel", ("orders", $"{order}"));
        }

        await _ours.PollUntilAsync("they were asked", () => _ours.Rows("SELECT 1 FROM sendings WHERE kind = 3 AND outcome <> 0").Count >= Times);

        Assert.Equal("0 0 0", _ours.Rows("SELECT failures, COALESCE(open_until, 0), paused FROM providers").Single());
        var later = await _ours.OrderAsync(_ours.NewLink());
        await ForwardingPanel.UntilAsync(() => _ours.UpstreamId(later).Length > 0);
        _evil.Behave();
    }

    [Fact]
    public async Task A_refill_that_was_accepted_without_an_id_is_a_task_for_a_person()
    {
        var order = Assert.Single(await _ours.AcceptedAsync(1));
        await _ours.PlayAsync(_evil, [order], """{"status":"Completed"}""");
        await _ours.PollUntilAsync("it is completed", () => _ours.Stands(order).Status == "Completed");
        _evil.Spoil("refill", EvilFault.Says("""{"status":"success","message":"Refill request sent"}"""));
        var refill = (string)(await _ours.CallAsync("refill", ("order", $"{order}")))["refill"]!;
        await _ours.PollUntilAsync("it was asked for", () => _ours.Outcomes(int.Parse(refill, CultureInfo.InvariantCulture), kind: 2) == "1");
        await _ours.PollAsync();

        Assert.False(_ours.Stands(order).UnderReview);
        Assert.Contains(JsonNode.Parse(await _ours.Panel.VerbAsync("task", "list", "--json"))!.AsArray(), task => (string)task!["kind"]! == "refill" && (int)task["order"]! == order);
        Assert.Contains("accepted without an id", await _ours.Panel.VerbAsync("order", "show", $"{order}"), StringComparison.Ordinal);
        await _ours.Panel.VerbAsync("refill", "complete", refill);
        Assert.DoesNotContain(JsonNode.Parse(await _ours.Panel.VerbAsync("task", "list", "--json"))!.AsArray(), task => (string)task!["kind"]! == "refill");
    }

    [Fact]
    public async Task A_refill_of_which_nobody_knew_ends_its_review_when_a_person_ends_it()
    {
        var order = Assert.Single(await _ours.AcceptedAsync(1));
        await _ours.PlayAsync(_evil, [order], """{"status":"Completed"}""");
        await _ours.PollUntilAsync("it is completed", () => _ours.Stands(order).Status == "Completed");
        _evil.Spoil("refill", EvilFault.Says("what?"));
        var refill = (string)(await _ours.CallAsync("refill", ("order", $"{order}")))["refill"]!;
        await _ours.PollUntilAsync("it is looked at", () => _ours.Stands(order).UnderReview);

        await _ours.Panel.VerbAsync("refill", "reject", refill);

        Assert.False(_ours.Stands(order).UnderReview);
    }

    [Fact]
    public async Task A_link_moves_the_order_by_what_the_provider_says()
    {
        await _ours.Panel.VerbAsync("provider", "resume", "evil");
        _evil.Spoil("add", EvilFault.Reworded("taken, and nobody knows", _ => "what?"));
        var link = _ours.NewLink();
        var order = await _ours.OrderAsync(link);
        await _ours.PollUntilAsync("it is unknown", () => _ours.Outcomes(order) == "4");
        var theirs = Assert.Single(_evil.OrdersFor(link));
        await _evil.PlayAsync(theirs, """{"status":"In progress","start_count":7,"remains":60}""");

        var said = await _ours.Panel.VerbAsync("review", "link", $"{order}", theirs, "--note", "found there");

        Assert.Contains("provider evil says In progress", said, StringComparison.Ordinal);
        Assert.Equal(new OrderStands("In progress", 60, 20_000, false), _ours.Stands(order));
    }

    [Fact]
    public async Task Reviews_are_closed_in_bulk_by_id_and_by_what_they_are()
    {
        var orders = await _ours.AcceptedAsync(4);
        _evil.Spoil("status", _ => EvilFault.Says(Failed(orders)));
        await _ours.PollAsync();
        _evil.Behave();
        Assert.All(orders, order => Assert.True(_ours.Stands(order).UnderReview));

        Assert.Equal(2, (await _ours.Panel.TryVerbAsync("review", "close", "--note", "x")).Exit);
        Assert.Equal(2, (await _ours.Panel.TryVerbAsync("review", "close", $"{orders[0]}", "--kind", "failed", "--note", "x")).Exit);
        Assert.Contains("nonsense is no kind of review: other, sending", (await _ours.Panel.TryVerbAsync("review", "close", "--kind", "nonsense", "--note", "x")).Error, StringComparison.Ordinal);
        Assert.Contains("no provider nobody", (await _ours.Panel.TryVerbAsync("review", "close", "--provider", "nobody", "--note", "x")).Error, StringComparison.Ordinal);

        Assert.EndsWith("would move 4, skip 0; nothing was changed", await _ours.Panel.VerbAsync("review", "close", "--provider", "evil", "--kind", "failed", "--note", "x", "--preview"), StringComparison.Ordinal);
        Assert.True(_ours.Stands(orders[0]).UnderReview);
        Assert.EndsWith("moved 2, skipped 0", await _ours.Panel.VerbAsync("review", "close", $"{orders[0]}", $"{orders[1]}", "--note", "seen"), StringComparison.Ordinal);
        Assert.EndsWith("moved 0, skipped 0", await _ours.Panel.VerbAsync("review", "close", "--kind", "unheard", "--note", "x"), StringComparison.Ordinal);
        var done = JsonNode.Parse(await _ours.Panel.VerbAsync("review", "close", "--provider", "EVIL", "--kind", "failed", "--note", "x", "--json"))!;
        Assert.Equal(2, (int)done["moved"]!);
        Assert.All(orders, order => Assert.False(_ours.Stands(order).UnderReview));
        Assert.Equal(4, _ours.Rows("SELECT 1 FROM audit WHERE action = 'review close'").Count);
    }

    [Fact]
    public async Task A_balance_of_two_meanings_leaves_the_last_and_is_told_until_one_is_clear()
    {
        await _ours.PollAsync();
        var known = _ours.Rows("SELECT balance FROM providers").Single();
        _evil.Spoil("balance", _ => EvilFault.Says("""{"balance":"12,345","currency":"USD"}"""));
        await _ours.Panel.TryVerbAsync("provider", "poll", "evil");

        Assert.Equal($"{known} 0", _ours.Rows("SELECT balance, failures FROM providers").Single());
        Assert.Contains("12,345 may be read in two ways", Assert.Single(_ours.Rows($"{OpenAlerts} 19")), StringComparison.Ordinal);

        _evil.Behave();
        _evil.Spoil("balance", EvilFault.Says("""{"status":true,"data":{"balance":"12.5"}}"""));
        await _ours.PollAsync();
        Assert.Equal("1250000", _ours.Rows("SELECT balance FROM providers").Single());
        Assert.Empty(_ours.Rows($"{OpenAlerts} 19"));
    }

    private string Failed(IEnumerable<int> orders) =>
        $"{{{string.Join(',', orders.Select(order => $"\"{_ours.UpstreamId(order)}\":{{\"status\":\"Failed\"}}"))}}}";

    /// <summary>Lets it say other words of these orders until it behaves again.</summary>
    private void Says(params (int Order, JsonNode Word)[] words)
    {
        _evil.Behave();
        var said = words.ToDictionary(word => _ours.UpstreamId(word.Order), word => word.Word);
        _evil.Spoil("status", _ => EvilFault.Reworded("other words", answer =>
        {
            foreach (var (id, word) in said)
            {
                answer[id]!["status"] = word.DeepClone();
            }

            return answer.ToJsonString();
        }));
    }
}
