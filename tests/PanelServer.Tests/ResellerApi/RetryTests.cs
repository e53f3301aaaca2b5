namespace PanelServer.Tests.ResellerApi;

/// <summary>A call under a retry key happens once (docs/contract.md, "Safe retry").</summary>
public sealed class RetryTests : IAsyncLifetime
{
    private static readonly (string, string)[] Add =
        [("action", "add"), ("service", "1"), ("link", "https://example.com/p/1"), ("quantity", "10000")];

    private readonly TestPanel _panel = TestPanel.Sandbox();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _panel.DisposeAsync();

    [Fact]
    public async Task The_answer_stays_whatever_has_happened_since()
    {
        var first = await _panel.DemoAsync([.. Add, ("request_id", "r1")]);
        await _panel.VerbAsync("reseller", "withdraw", "demo", "91.84292", "--note", "all of it");
        await _panel.VerbAsync("service", "disable", "1");

        using var again = await _panel.SendAsync("/api/v2", [("key", TestPanel.DemoKey), .. Add, ("request_id", "r1")]);

        Assert.Equal(first, await again.Content.ReadAsStringAsync());
        Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotent-Replayed")));
        Assert.Equal("""{"error":"Incorrect service ID"}""", await _panel.DemoAsync([.. Add, ("request_id", "r2")]));
    }

    [Theory]
    [InlineData("quantity", "9999")]
    [InlineData("link", "https://example.com/p/2")]
    [InlineData("unknown", "x")]
    public async Task Another_call_under_the_same_key_is_a_conflict(string field, string value)
    {
        await _panel.DemoAsync([.. Add, ("request_id", "r1")]);
        var other = Add.Where(pair => pair.Item1 != field).Append((field, value)).Append(("request_id", "r1"));

        Assert.Equal("""{"error":"Request ID was used with other parameters"}""", await _panel.DemoAsync([.. other]));
    }

    [Fact]
    public async Task The_dialect_is_part_of_the_call()
    {
        await _panel.DemoAsync([.. Add, ("request_id", "r1")]);

        Assert.Equal(
            """{"error":"Request ID was used with other parameters"}""",
            await _panel.CallAsync("/api/v1", TestPanel.DemoKey, [.. Add, ("request_id", "r1")]));
    }

    [Fact]
    public async Task The_order_of_fields_and_the_key_used_are_not()
    {
        var issued = (await _panel.VerbAsync("key", "issue", "demo")).Split('\n')[0].Trim();
        var first = await _panel.DemoAsync([.. Add, ("request_id", "r1")]);

        Assert.Equal(first, await _panel.CallAsync(issued, [("request_id", "r1"), .. Add.Reverse()]));
    }

    [Fact]
    public async Task The_header_wins_over_the_field()
    {
        using var form = new FormUrlEncodedContent(
            Add.Append(("key", TestPanel.DemoKey)).Append(("request_id", "field"))
                .Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)));
        form.Headers.Add("Idempotency-Key", "header");
        using var first = await _panel.Client.PostAsync("/api/v2", form);

        Assert.Equal("""{"order":23501}""", await first.Content.ReadAsStringAsync());
        Assert.Equal("""{"order":23502}""", await _panel.DemoAsync([.. Add, ("request_id", "field")]));
        Assert.Equal("""{"order":23501}""", await _panel.DemoAsync([.. Add, ("request_id", "header")]));
    }

    [Fact]
    public async Task A_refusal_keeps_nothing()
    {
        (string, string)[] tooMuch = [("action", "add"), ("service", "17"), ("link", "https://e.com"), ("quantity", "1000000"),
            ("country", "US"), ("device", "1"), ("type_of_traffic", "3"), ("request_id", "r1")];

        Assert.Equal("""{"error":"Not enough funds on balance"}""", await _panel.DemoAsync(tooMuch));
        await _panel.VerbAsync("reseller", "deposit", "demo", "1000", "--note", "more");
        Assert.Equal("""{"order":23501}""", await _panel.DemoAsync(tooMuch));
        Assert.Equal("""{"order":23501}""", await _panel.DemoAsync(tooMuch));
    }

    [Fact]
    public async Task A_batch_is_replayed_whole()
    {
        var order = await _panel.OrderAsync();
        (string, string)[] cancel = [("action", "cancel"), ("orders", $"{order},7"), ("request_id", "c1")];
        var wanted = $$$"""[{"order":{{{order}}},"cancel":1},{"order":7,"cancel":{"error":"Incorrect order ID"}}]""";

        Assert.Equal(wanted, await _panel.DemoAsync(cancel));
        Assert.Equal(wanted, await _panel.DemoAsync(cancel));
        Assert.Equal(
            $$$"""[{"order":{{{order}}},"cancel":{"error":"Order cannot be canceled"}}]""",
            await _panel.DemoAsync(("action", "cancel"), ("orders", $"{order}")));
    }

    [Fact]
    public async Task One_resellers_key_is_nothing_to_another()
    {
        await _panel.DemoAsync([.. Add, ("request_id", "r1")]);

        Assert.Equal("""{"order":23502}""", await _panel.CallAsync("sandbox-rich-key", [.. Add, ("request_id", "r1")]));
    }

    [Fact]
    public async Task Calls_that_read_have_no_retry_key()
    {
        await _panel.DemoAsync(("action", "balance"), ("request_id", "r1"));

        Assert.Equal("""{"order":23501}""", await _panel.DemoAsync([.. Add, ("request_id", "r1")]));
    }

    [Theory]
    [InlineData("orders", "23501,7", "order", "23501,7")]
    [InlineData("orders", "23501,7", "orders", "[23501,7]")]
    [InlineData("orders", "23501", "orders", "23501.0")]
    public async Task Parameters_count_as_they_were_sent_whatever_they_mean(string name, string value, string otherName, string other)
    {
        await _panel.OrderAsync();
        var first = await _panel.DemoAsync(("action", "cancel"), (name, value), ("request_id", "c1"));

        Assert.Equal(first, await _panel.DemoAsync(("action", "cancel"), (name, value), ("request_id", "c1")));
        Assert.Equal(
            """{"error":"Request ID was used with other parameters"}""",
            await _panel.DemoAsync(("action", "cancel"), (otherName, other), ("request_id", "c1")));
    }

    [Fact]
    public async Task Another_word_for_an_action_is_the_same_action()
    {
        await _panel.VerbAsync("service", "edit", "1", "--refill-hours", "0");
        var order = await _panel.OrderAsync();
        await _panel.VerbAsync("order", "complete", $"{order}");
        var first = await _panel.DemoAsync(("action", "refill"), ("orders", $"{order}"), ("request_id", "r1"));

        Assert.Equal(first, await _panel.DemoAsync(("action", "multiple_refill"), ("orders", $"{order}"), ("request_id", "r1")));
        Assert.Equal(first, await _panel.DemoAsync(("orders", $"{order}"), ("request_id", "r1")));
    }

    [Theory]
    [InlineData(255, """{"order":23501}""")]
    [InlineData(256, """{"error":"Incorrect request_id"}""")]
    public async Task A_retry_key_has_its_length(int length, string wanted) =>
        Assert.Equal(wanted, await _panel.DemoAsync([.. Add, ("request_id", new string('k', length))]));
}
