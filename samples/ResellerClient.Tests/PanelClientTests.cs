using PanelServer.Testing;

namespace ResellerClient.Tests;

/// <summary>The client against a panel of its own for each test: real answers, no port, no doubles.</summary>
public sealed class PanelClientTests
{
    private const int Followers = 1;
    private const string Link = "https://sandbox.test/p/1";

    [Fact]
    public async Task The_services_are_listed_with_their_prices()
    {
        await using var panel = await SandboxPanel.StartAsync();

        var services = await Client(panel).ServicesAsync();

        Assert.Contains(new PanelService(Followers, "Followers", "Default", 0.90m, 50, 10_000), services);
    }

    [Fact]
    public async Task An_order_is_charged_when_it_is_placed()
    {
        await using var panel = await SandboxPanel.StartAsync();
        var client = Client(panel);

        var order = await client.AddAsync("shop-1", Followers, Link, quantity: 1000);

        Assert.Equal(new PanelOrder("Pending", Charge: 0.90m, StartCount: 0, Remains: 1000), await client.StatusAsync(order));
        Assert.Equal(100.84292m - 0.90m, await client.BalanceAsync());
    }

    [Fact]
    public async Task An_order_is_delivered_while_time_passes()
    {
        await using var panel = await SandboxPanel.StartAsync();
        var client = Client(panel);
        var order = await client.AddAsync("shop-1", Followers, Link, quantity: 1000);

        await panel.Clock.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("In progress", (await client.StatusAsync(order)).Status);

        await panel.Clock.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(new PanelOrder("Completed", Charge: 0.90m, StartCount: 0, Remains: 0), await client.StatusAsync(order));
    }

    [Fact]
    public async Task What_was_not_delivered_is_paid_back()
    {
        await using var panel = await SandboxPanel.StartAsync();
        var client = Client(panel);
        var order = await client.AddAsync(
            "shop-1", Followers, "https://sandbox.test/start/3572/partial/157", quantity: 1000);

        await panel.Clock.AdvanceAsync(TimeSpan.FromMinutes(3));

        var end = await client.StatusAsync(order);
        Assert.Equal(new PanelOrder("Partial", Charge: 0.75870m, StartCount: 3572, Remains: 157), end);
        Assert.Equal(100.84292m - end.Charge, await client.BalanceAsync());
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_again_and_costs_nothing_more()
    {
        await using var panel = await SandboxPanel.StartAsync();
        var client = Client(panel);
        await panel.Faults.AddAsync("add", SandboxFault.DropAfterCommit);

        var order = await client.AddAsync("shop-1", Followers, Link, quantity: 1000);

        Assert.Equal("Pending", (await client.StatusAsync(order)).Status);
        Assert.Equal(100.84292m - 0.90m, await client.BalanceAsync());
    }

    [Fact]
    public async Task A_lost_answer_does_not_make_a_request_to_cancel_look_refused()
    {
        await using var panel = await SandboxPanel.StartAsync();
        var client = Client(panel);
        var order = await client.AddAsync("shop-1", Followers, Link, quantity: 1000);
        await panel.Faults.AddAsync("cancel", SandboxFault.DropAfterCommit);

        Assert.True(await client.CancelAsync(order));
    }

    [Fact]
    public async Task Nonsense_on_the_way_is_no_answer()
    {
        await using var panel = await SandboxPanel.StartAsync();
        var client = Client(panel);
        await panel.Faults.AddAsync("add", SandboxFault.DropBefore);
        await panel.Faults.AddAsync("add", SandboxFault.Html);
        await panel.Faults.AddAsync("add", SandboxFault.Status(503));

        await client.AddAsync("shop-1", Followers, Link, quantity: 1000);

        Assert.Equal(100.84292m - 0.90m, await client.BalanceAsync());
    }

    [Fact]
    public async Task The_same_request_sent_twice_is_one_order()
    {
        await using var panel = await SandboxPanel.StartAsync();
        var client = Client(panel);

        var first = await client.AddAsync("shop-1", Followers, Link, quantity: 1000);
        var second = await client.AddAsync("shop-1", Followers, Link, quantity: 1000);

        Assert.Equal(first, second);
        Assert.Equal(100.84292m - 0.90m, await client.BalanceAsync());
    }

    [Fact]
    public async Task Who_has_no_money_is_told_so()
    {
        await using var panel = await SandboxPanel.StartAsync();
        var client = Client(panel, SandboxKeys.Poor);

        var refusal = await Assert.ThrowsAsync<PanelRefusalException>(
            () => client.AddAsync("shop-1", Followers, Link, quantity: 1000));

        Assert.Equal("not_enough_funds", refusal.Code);
    }

    [Fact]
    public async Task What_nobody_has_begun_is_canceled_at_once()
    {
        await using var panel = await SandboxPanel.StartAsync();
        var client = Client(panel);
        var order = await client.AddAsync("shop-1", Followers, Link, quantity: 1000);

        Assert.True(await client.CancelAsync(order));

        Assert.Equal("Canceled", (await client.StatusAsync(order)).Status);
        Assert.Equal(100.84292m, await client.BalanceAsync());
        Assert.False(await client.CancelAsync(order));
    }

    private static PanelClient Client(SandboxPanel panel, string key = SandboxKeys.Demo) =>
        new(panel.CreateClient(), key) { FirstWait = TimeSpan.FromMilliseconds(1) };
}
