using System.Text.Json;

namespace PanelServer.Tests.Providers.Dispatch;

/// <summary>What nobody can deliver is not sold, exactly from the change of a route or provider on, and sold again after it.</summary>
public sealed class NotSoldTests : IAsyncLifetime
{
    private EvilPanel? _evil;
    private ForwardingPanel? _ours;

    private EvilPanel Evil => _evil!;

    private ForwardingPanel Ours => _ours!;

    public async Task InitializeAsync()
    {
        (_evil, _ours) = (await EvilPanel.StartAsync(), await ForwardingPanel.StartAsync(seconds: 5));
        await Ours.AddServiceAsync();
        await Ours.AddProviderAsync("evil", Evil);
    }

    public async Task DisposeAsync()
    {
        await Ours.DisposeAsync();
        await Evil.DisposeAsync();
    }

    [Fact]
    public async Task A_service_is_sold_as_long_as_one_of_its_routes_can_be_used()
    {
        await Ours.Panel.VerbAsync("route", "add", "1", "evil", "7", "--priority", "2", "--no-check");
        await SoldAsync(1, 2);

        await Ours.Panel.VerbAsync("route", "edit", "1", "--enabled", "false");
        await SoldAsync(1, 2);
        await Ours.Panel.VerbAsync("route", "edit", "2", "--enabled", "false");
        await SoldAsync(2);
        await StatesAsync("disabled", "disabled");
        await Ours.Panel.VerbAsync("route", "edit", "1", "--enabled", "true");
        await SoldAsync(1, 2);
        await StatesAsync("in use", "disabled");
        await Ours.Panel.VerbAsync("route", "remove", "1");
        await SoldAsync(2);
        await Ours.Panel.VerbAsync("route", "remove", "2");
        await SoldAsync(1, 2);
    }

    [Fact]
    public async Task What_costs_too_much_is_not_sold_until_price_or_cost_are_others()
    {
        await Ours.Panel.VerbAsync("service", "edit", "1", "--rate", "0.89");
        await SoldAsync(2);
        await StatesAsync("locked");
        Assert.Contains("below cost: it costs 0.90 and is sold for 0.89", await Ours.Panel.VerbAsync("route", "list"), StringComparison.Ordinal);
        Assert.Contains("nobody can deliver Followers: below cost: it costs 0.90 and is sold for 0.89 (provider evil)", await Ours.Panel.VerbAsync("task", "list"), StringComparison.Ordinal);
        Assert.Contains("nobody can deliver service 1 (Followers)", await Ours.Panel.VerbAsync("provider", "show", "evil"), StringComparison.Ordinal);
        var (exit, _, error) = await Ours.Panel.TryVerbAsync("route", "unlock", "1");
        Assert.Equal(1, exit);
        Assert.Contains("route edit 1 --at-a-loss", error, StringComparison.Ordinal);
        await SoldAsync(2);

        await Ours.Panel.VerbAsync("service", "edit", "1", "--rate", "0.90");
        await SoldAsync(1, 2);
        Assert.DoesNotContain("nobody can deliver", await Ours.Panel.VerbAsync("task", "list"), StringComparison.Ordinal);

        await Ours.Panel.VerbAsync("provider", "edit", "evil", "--exchange", "2.23");
        await SoldAsync(2);
        await Ours.Panel.VerbAsync("provider", "edit", "evil", "--exchange", "1");
        await SoldAsync(1, 2);

        await Ours.Panel.VerbAsync("route", "edit", "1", "--multiplier", "3");
        await SoldAsync(2);
        await Ours.Panel.VerbAsync("route", "edit", "1", "--at-a-loss");
        await SoldAsync(1, 2);
        await Ours.Panel.VerbAsync("route", "edit", "1", "--at-a-loss", "false");
        await SoldAsync(2);
    }

    [Fact]
    public async Task A_service_that_the_provider_refuses_is_not_sold_from_the_refusal_on()
    {
        Evil.Spoil("add", EvilFault.Says("""{"error":"Incorrect service ID"}"""));
        var order = await Ours.OrderAsync(Ours.NewLink());
        await Ours.PollUntilAsync("it is refused", () => Ours.Outcomes(order) == "2");

        await SoldAsync(2);
        await Ours.Panel.VerbAsync("route", "unlock", "1");
        await SoldAsync(1, 2);
    }

    [Fact]
    public async Task One_whose_provider_is_paused_or_left_alone_is_sold_and_waits()
    {
        await Ours.Panel.VerbAsync("provider", "pause", "evil");
        await SoldAsync(1, 2);
        Ours.Panel.Tamper("UPDATE providers SET open_until = 99999999999999, failures = 9");
        await Ours.Panel.VerbAsync("service", "edit", "1", "--name", "Other");
        await SoldAsync(1, 2);

        var order = await Ours.OrderAsync(Ours.NewLink());
        Assert.Equal(new OrderStands("Pending", 100, 20_000, false), Ours.Stands(order));
    }

    [Fact]
    public async Task A_provider_in_another_currency_gets_nothing_until_its_rate_is_known()
    {
        Evil.Spoil("balance", EvilFault.Says("""{"balance":"50","currency":"KWD"}"""), times: 1);
        var added = await Ours.Panel.VerbAsync(
            "provider", "add", "other", "--url", Evil.Address.ToString(), "--key", EvilPanel.Key, "--internal");
        Assert.Contains("it counts in KWD, another currency than this panel: nothing is sent to it until panelserver provider edit other --exchange RATE", added, StringComparison.Ordinal);
        Assert.Contains("nothing is sent to it: other counts in KWD and this panel in USD", await Ours.Panel.VerbAsync("task", "list"), StringComparison.Ordinal);
        var (exit, said, _) = await Ours.Panel.TryVerbAsync("check");
        Assert.Equal(1, exit);
        Assert.Contains("in another currency without an exchange rate: other (KWD)", said, StringComparison.Ordinal);

        foreach (var verb in new[] { new[] { "route", "add", "1", "other", "1" }, ["route", "add", "1", "other", "1", "--no-check"], ["provider", "import", "other", "--all"] })
        {
            var (refused, _, error) = await Ours.Panel.TryVerbAsync(verb);
            Assert.Equal(1, refused);
            Assert.Contains("say what one KWD is in USD with provider edit other --exchange RATE", error, StringComparison.Ordinal);
        }

        await Ours.Panel.VerbAsync("provider", "edit", "other", "--exchange", "3.25");
        await Ours.Panel.VerbAsync("route", "add", "2", "other", "1", "--no-check");
        Assert.DoesNotContain("nothing is sent", await Ours.Panel.VerbAsync("task", "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_route_that_stands_is_not_used_while_its_providers_currency_is_not_known()
    {
        Evil.Spoil("balance", _ => EvilFault.Says("""{"balance":"50","currency":"KWD"}"""));
        await Ours.PollAsync();
        await SoldAsync(2);
        Assert.Contains("it counts in KWD now, and in USD before", await Ours.Panel.VerbAsync("task", "list"), StringComparison.Ordinal);
        Ours.Panel.Tamper("UPDATE services SET rate = 99900000000 WHERE id = 1");

        await Ours.Panel.VerbAsync("provider", "edit", "evil", "--exchange", "3.25");
        await SoldAsync(1, 2);
        Assert.Equal("KWD", Ours.Rows("SELECT currency FROM providers").Single());

        Evil.Behave();
        await Ours.PollAsync();
        await SoldAsync(2);
        Assert.Equal(0, Evil.CallsOf("add"));
    }

    [Fact]
    public async Task An_order_that_waited_while_the_cost_rose_is_sent_only_by_an_operators_word()
    {
        await Ours.Panel.VerbAsync("provider", "pause", "evil");
        var waited = await Ours.OrderAsync(Ours.NewLink());
        Evil.Spoil("services", EvilFault.Says("""[{"service":1,"name":"Followers","type":"Default","category":"A","rate":"3.00","min":"50","max":"10000","refill":true,"cancel":true}]"""));
        await Ours.Panel.VerbAsync("provider", "sync", "evil", "--accept-jumps");
        await SoldAsync(2);

        await Ours.Panel.VerbAsync("service", "edit", "1", "--rate", "4.00");
        await SoldAsync(1, 2);
        await Ours.Panel.VerbAsync("provider", "resume", "evil");
        var fresh = await Ours.OrderAsync(Ours.NewLink());
        await Ours.PollUntilAsync("the fresh one is sent", () => Ours.UpstreamId(fresh).Length > 0);
        await Ours.PollAsync();
        Assert.Equal(("", new OrderStands("Pending", 100, 20_000, false)), (Ours.Outcomes(waited), Ours.Stands(waited)));

        await Ours.Panel.VerbAsync("route", "edit", "1", "--at-a-loss");
        await Ours.PollUntilAsync("the other is sent, too", () => Ours.UpstreamId(waited).Length > 0);
    }

    /// <summary>Which services are listed; all others are refused, and orders of those taken.</summary>
    private async Task SoldAsync(params int[] services)
    {
        var listed = (await Ours.CallAsync("services")).AsArray().Select(service => (int)service!["service"]!.AsValue()).ToArray();
        Assert.Equal(services, listed);
        foreach (var service in new[] { 1, 2 }.Except(services))
        {
            var refused = await Ours.CallAsync("add", ("service", $"{service}"), ("link", Ours.NewLink()), ("quantity", "100"));
            Assert.Equal("""{"error":"Incorrect service ID"}""", refused.ToJsonString());
        }
    }

    /// <summary>The routes of service 1 as `--json` prints them.</summary>
    private async Task StatesAsync(params string[] states)
    {
        using var json = JsonDocument.Parse(await Ours.Panel.VerbAsync("route", "list", "--service", "1", "--json"));
        Assert.Equal(states, json.RootElement.EnumerateArray().Select(route => route.GetProperty("state").GetString()!));
        Assert.Equal(
            states.Select(state => state == "locked" ? JsonValueKind.String : JsonValueKind.Null),
            json.RootElement.EnumerateArray().Select(route => route.GetProperty("locked").ValueKind));
    }
}
