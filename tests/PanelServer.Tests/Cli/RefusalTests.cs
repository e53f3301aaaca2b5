namespace PanelServer.Tests.Cli;

/// <summary>What an operator mistypes is refused in one line that names it, and changes nothing.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private readonly TestPanel _panel = TestPanel.Sandbox();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _panel.DisposeAsync();

    [Theory]
    [InlineData("give at least 12 characters", "key", "revoke", "")]
    [InlineData("give at least 12 characters", "key", "revoke", "sandbox-dem")]
    [InlineData("no key in use begins with", "key", "revoke", "pk_live_none")]
    [InlineData("--note is one line", "reseller", "deposit", "demo", "5", "--note", "")]
    [InlineData("an amount must be above zero", "reseller", "deposit", "demo", "0", "--note", "x")]
    [InlineData("is not an amount", "reseller", "deposit", "demo", "0.000001", "--note", "x")]
    [InlineData("cannot be withdrawn", "reseller", "withdraw", "demo", "1000", "--note", "x")]
    [InlineData("a balance cannot be above", "reseller", "deposit", "demo", "1000000000000", "--note", "x")]
    [InlineData("there is no reseller nobody", "reseller", "suspend", "nobody")]
    [InlineData("is not a discount", "reseller", "discount", "demo", "101%")]
    [InlineData("there is no service 99", "reseller", "price", "demo", "99", "1")]
    [InlineData("places are counted from 1", "service", "move", "1", "0")]
    [InlineData("there is no service 99", "service", "edit", "99", "--rate", "1")]
    [InlineData("max 49 is below min 50", "service", "edit", "1", "--max", "49")]
    [InlineData("cannot be split into runs", "service", "edit", "2", "--drip")]
    [InlineData("is not one of: Any, Url", "service", "edit", "1", "--link-rule", "Host:")]
    [InlineData("there is no order 5", "order", "complete", "5")]
    [InlineData("there is no refill 5", "refill", "complete", "5")]
    [InlineData("has no open cancel request", "cancel", "accept", "5")]
    [InlineData("is not a URL such as", "health", "--url", "ftp://127.0.0.1:1")]
    public async Task It_is_said_in_one_line(string wanted, params string[] verb)
    {
        var (exit, _, error) = await _panel.TryVerbAsync(verb);

        Assert.Equal(1, exit);
        Assert.Contains(wanted, error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
        Assert.Equal("""{"balance":"100.84292","currency":"USD"}""", await _panel.DemoAsync(("action", "balance")));
    }

    [Theory]
    [InlineData("order", "start", "1", "--start-count", "-1", "order 23501: a start count must be 0 or more, not -1")]
    [InlineData("order", "progress", "1", "--remains", "5", "only a running order makes progress")]
    public async Task An_order_says_what_is_wrong_with_the_move(params string[] parts)
    {
        var order = await _panel.OrderAsync();
        string[] verb = [.. parts[..2], $"{order}", .. parts[3..^1]];
        var (exit, _, error) = await _panel.TryVerbAsync(verb);

        Assert.Equal(1, exit);
        Assert.Contains(parts[^1], error, StringComparison.Ordinal);
    }
}
