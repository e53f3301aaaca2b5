namespace PanelServer.Tests.Contract;

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
}
