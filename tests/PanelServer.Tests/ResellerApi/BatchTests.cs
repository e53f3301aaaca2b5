namespace PanelServer.Tests.ResellerApi;

/// <summary>Many ids in one call (docs/contract.md, "Batches").</summary>
public sealed class BatchTests : IAsyncLifetime
{
    private const string TooMany = """{"error":"Too many IDs, up to 100 are allowed"}""";

    private readonly TestPanel _panel = TestPanel.Sandbox();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _panel.DisposeAsync();

    [Fact]
    public async Task The_hundred_and_first_id_gets_its_own_error()
    {
        var ids = string.Join(',', Enumerable.Range(1, 101));
        var status = await _panel.DemoAsync(("action", "status"), ("orders", ids));
        var cancel = await _panel.DemoAsync(("action", "cancel"), ("orders", ids));
        var refill = await _panel.DemoAsync(("action", "refill"), ("orders", ids));
        var refills = await _panel.DemoAsync(("action", "refill_status"), ("refills", ids));

        Assert.EndsWith($$""","100":{"error":"Incorrect order ID"},"101":{{TooMany}}}""", status, StringComparison.Ordinal);
        Assert.EndsWith($$""",{"order":101,"cancel":{{TooMany}}}]""", cancel, StringComparison.Ordinal);
        Assert.EndsWith($$""",{"order":101,"refill":{{TooMany}}}]""", refill, StringComparison.Ordinal);
        Assert.EndsWith($$""",{"refill":101,"status":{{TooMany}}}]""", refills, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status", "orders")]
    [InlineData("cancel", "orders")]
    [InlineData("refill", "orders")]
    [InlineData("refill_status", "refills")]
    public async Task Over_a_thousand_ids_the_call_is_refused(string action, string field)
    {
        Assert.NotEqual(TooMany, await _panel.DemoAsync(("action", action), (field, string.Join(',', Enumerable.Range(1, 1000)))));
        Assert.Equal(TooMany, await _panel.DemoAsync(("action", action), (field, string.Join(',', Enumerable.Range(1, 1001)))));
    }

    [Fact]
    public async Task Tokens_are_echoed_as_what_they_are()
    {
        Assert.Equal(
            """[{"order":7,"cancel":{"error":"Incorrect order ID"}},{"order":"abc","cancel":{"error":"Incorrect order ID"}},{"order":999999999999999999,"cancel":{"error":"Incorrect order ID"}},{"order":"9999999999999999999","cancel":{"error":"Incorrect order ID"}}]""",
            await _panel.DemoAsync(("action", "cancel"), ("orders", " 7, abc,, 7 ,abc,007,999999999999999999,9999999999999999999")));
    }

    [Theory]
    [InlineData("status", "orders", """{"error":"Incorrect order ID"}""")]
    [InlineData("cancel", "orders", """{"error":"Incorrect order ID"}""")]
    [InlineData("refill", "orders", """{"error":"Incorrect order ID"}""")]
    [InlineData("refill_status", "refills", """{"error":"Refill not found"}""")]
    public async Task A_list_without_ids_counts_as_absent(string action, string field, string wanted)
    {
        Assert.Equal(wanted, await _panel.DemoAsync(("action", action)));
        Assert.Equal(wanted, await _panel.DemoAsync(("action", action), (field, " , ,, ")));
    }

    [Fact]
    public async Task One_order_wins_over_many()
    {
        var order = await _panel.OrderAsync();

        Assert.StartsWith(
            """{"charge":""",
            await _panel.DemoAsync(("action", "status"), ("orders", "1,2"), ("order", $"{order}")),
            StringComparison.Ordinal);
        Assert.StartsWith(
            """{"1":""",
            await _panel.DemoAsync(("action", "status"), ("orders", "1,2"), ("order", " ")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v2")]
    [InlineData("/api/v1")]
    public async Task A_list_in_the_field_for_one_is_read_as_the_field_for_many(string path)
    {
        var order = await _panel.OrderAsync();
        (string Action, string One, string Many)[] calls =
            [("status", "order", "orders"), ("refill", "order", "orders"), ("refill_status", "refill", "refills"), ("cancel", "order", "orders")];
        foreach (var (action, one, many) in calls)
        {
            Assert.Equal(
                await CallAsync(path, ("action", action), (many, "7,8")),
                await CallAsync(path, ("action", action), (one, "7,8")));
            Assert.Equal(
                await CallAsync(path, ("action", action), (many, "7,8")),
                await CallAsync(path, ("action", action), ($"{one}[]", "7"), ($"{one}[]", "8"), (many, "9")));
        }

        Assert.StartsWith($"{{\"{order}\":{{", await CallAsync(path, ("action", "status"), ("order", $"{order},7")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[7, 8]")]
    [InlineData("[7,8]")]
    [InlineData(" [ 7 , 8 ] ")]
    [InlineData("[\"7\",\"8\"]")]
    [InlineData("['7', '8']")]
    public async Task A_list_is_read_without_the_brackets_around_it(string list)
    {
        foreach (var field in new[] { "orders", "order" })
        {
            Assert.Equal(
                """{"7":{"error":"Incorrect order ID"},"8":{"error":"Incorrect order ID"}}""",
                await _panel.DemoAsync(("action", "status"), (field, list)));
            Assert.Equal(
                """[{"order":7,"cancel":{"error":"Incorrect order ID"}},{"order":8,"cancel":{"error":"Incorrect order ID"}}]""",
                await _panel.DemoAsync(("action", "cancel"), (field, list)));
        }
    }

    [Fact]
    public async Task One_order_in_brackets_is_one_order()
    {
        var order = await _panel.OrderAsync();
        var alone = await _panel.DemoAsync(("action", "status"), ("order", $"{order}"));

        Assert.Equal(alone, await _panel.DemoAsync(("action", "status"), ("order", $"[{order}]")));
        Assert.Equal(alone, await _panel.DemoAsync(("action", "status"), ("order", $"{order}.0")));
        Assert.Equal("""{"error":"Incorrect order ID"}""", await _panel.DemoAsync(("action", "status"), ("orders", "[]")));
        Assert.Equal(
            """{"[1":{"error":"Incorrect order ID"},"2":{"error":"Incorrect order ID"}}""",
            await _panel.DemoAsync(("action", "status"), ("orders", "[1,2")));
    }

    [Theory]
    [InlineData("undefined")]
    [InlineData("null")]
    [InlineData("NaN")]
    public async Task One_order_that_is_none_is_absent(string none)
    {
        foreach (var action in new[] { "status", "refill", "cancel" })
        {
            Assert.Equal(
                await _panel.DemoAsync(("action", action), ("orders", "7")),
                await _panel.DemoAsync(("action", action), ("orders", "7"), ("order", none)));
            Assert.Equal("""{"error":"Incorrect order ID"}""", await _panel.DemoAsync(("action", action), ("order", none)));
        }
    }

    [Fact]
    public async Task Ids_that_are_written_as_floats_are_the_ids()
    {
        var order = await _panel.OrderAsync();

        Assert.StartsWith(
            $"{{\"{order}.0\":{{\"charge\":",
            await _panel.DemoAsync(("action", "status"), ("orders", $"{order}.0,{order},7.5")),
            StringComparison.Ordinal);
        Assert.Equal(
            """[{"order":7,"cancel":{"error":"Incorrect order ID"}},{"order":"7.5","cancel":{"error":"Incorrect order ID"}}]""",
            await _panel.DemoAsync(("action", "cancel"), ("orders", "7.00,7,7.5")));
    }

    [Theory]
    [InlineData("status", "order")]
    [InlineData("cancel", "orders")]
    [InlineData("refill", "order")]
    public async Task Anothers_order_is_not_there(string action, string field)
    {
        var order = await _panel.OrderAsync();
        using var foreign = await _panel.SendAsync("/api/v2", ("key", "sandbox-rich-key"), ("action", action), (field, $"{order}"));
        using var missing = await _panel.SendAsync("/api/v2", ("key", "sandbox-rich-key"), ("action", action), (field, "99999"));

        var (foreignText, missingText) = (await foreign.Content.ReadAsStringAsync(), await missing.Content.ReadAsStringAsync());
        Assert.Equal(missingText, foreignText.Replace($"{order}", "99999", StringComparison.Ordinal));
        Assert.Equal(
            missing.Headers.TryGetValues("X-Error-Code", out var code) ? code : [],
            foreign.Headers.TryGetValues("X-Error-Code", out var foreignCode) ? foreignCode : []);
    }

    private Task<string> CallAsync(string path, params (string, string)[] fields) =>
        _panel.CallAsync(path, TestPanel.DemoKey, fields);
}
