using System.Collections.Concurrent;
using System.Globalization;

namespace PanelServer.Tests.Providers.Dispatch;

/// <summary>
/// An order takes its next route only when it is certain that no provider has it, waits where none can be used, and holds up
/// nobody else.
/// </summary>
public sealed class RoutingTests : IAsyncLifetime
{
    private static readonly EvilFault No = EvilFault.Says("""{"error":"Incorrect link"}""");

    private EvilPanel? _one;
    private EvilPanel? _two;
    private ForwardingPanel? _ours;

    private EvilPanel One => _one!;

    private EvilPanel Two => _two!;

    private ForwardingPanel Ours => _ours!;

    public async Task InitializeAsync()
    {
        (_one, _two, _ours) = (await EvilPanel.StartAsync(), await EvilPanel.StartAsync(), await ForwardingPanel.StartAsync(seconds: 5));
        await Ours.AddProviderAsync("one", One);
        await Ours.AddProviderAsync("two", Two, priority: 2);
    }

    public async Task DisposeAsync()
    {
        await Ours.DisposeAsync();
        await One.DisposeAsync();
        await Two.DisposeAsync();
    }

    [Fact]
    public async Task A_no_takes_the_next_route_and_a_no_of_all_pays_back_once()
    {
        One.Spoil("add", No, times: 2);
        var link = Ours.NewLink();
        var order = await Ours.OrderAsync(link);
        await Ours.PollUntilAsync("the second has it", () => Ours.UpstreamId(order).Length > 0, "two");
        Assert.Equal(("2 1", 0, 1), (Ours.Outcomes(order), One.OrdersFor(link).Count, Two.OrdersFor(link).Count));

        Two.Spoil("add", No);
        var refused = await Ours.OrderAsync(Ours.NewLink());
        await Ours.PollUntilAsync("it is paid back", () => Ours.Stands(refused).Status == "Canceled", "two");
        Assert.Equal(("2 2", new OrderStands("Canceled", 100, 0, false)), (Ours.Outcomes(refused), Ours.Stands(refused)));
        Assert.Single(Ours.Rows($"SELECT * FROM transfers WHERE subject = {refused} AND kind = 2"));
        await Ours.PollAsync("one");
        await Ours.PollAsync("two");
        Assert.Equal("2 2", Ours.Outcomes(refused));
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("carried out, then HTTP 502")]
    [InlineData("a page with 200")]
    public async Task What_is_not_known_takes_no_other_route(string fault)
    {
        One.Spoil("add", EvilFault.Named(fault));
        var link = Ours.NewLink();

        var order = await Ours.OrderAsync(link);
        await Ours.PollUntilAsync("it was sent", () => Ours.Outcomes(order) == "4", "one");
        await Ours.PollAsync("one");
        await Ours.PollAsync("two");

        Assert.Equal(("4", 0), (Ours.Outcomes(order), Two.CallsOf("add")));
        Assert.Equal(new OrderStands("Pending", 100, 20_000, true), Ours.Stands(order));
        await Ours.SettleAsync(order, One.OrdersFor(link));
        await Ours.PollUntilAsync("it is accepted", () => Ours.UpstreamId(order).Length > 0, "one");
        Assert.Equal((1, 0), (One.OrdersFor(link).Count, Two.CallsOf("add")));
    }

    [Fact]
    public async Task What_has_not_left_takes_the_next_route_and_waits_where_there_is_none()
    {
        var alone = await Ours.AddServiceAsync();
        await Ours.RouteAsync("one", service: alone);
        await EditAsync("one", Closed());

        var order = await Ours.OrderAsync(Ours.NewLink());
        await Ours.PollUntilAsync("the second has it", () => Ours.UpstreamId(order).Length > 0, "two");
        Assert.Equal("3 1", Ours.Outcomes(order));

        var link = Ours.NewLink();
        var waiting = await Ours.OrderAsync(link, alone);
        await Ours.PollUntilAsync("it was tried", () => Ours.Outcomes(waiting).Length > 0, "two");
        Assert.Equal(new OrderStands("Pending", 100, 20_000, false), Ours.Stands(waiting));

        await EditAsync("one", One.Address);
        await Ours.PollUntilAsync("the first has it", () => Ours.UpstreamId(waiting).Length > 0, "one");
        Assert.Matches("^(3 )+1$", Ours.Outcomes(waiting));
        Assert.Single(One.OrdersFor(link));
    }

    [Theory]
    [InlineData("Not enough funds on balance", 2)]
    [InlineData("Invalid API key", 3)]
    public async Task A_provider_that_takes_nothing_from_us_is_left_alone_and_the_order_waits(string words, int pause)
    {
        var alone = await Ours.AddServiceAsync();
        await Ours.RouteAsync("one", service: alone);
        One.Spoil("add", EvilFault.Says($$"""{"error":"{{words}}"}"""));

        // The balance must say so, too.
        One.Spoil("balance", EvilFault.Says(pause == 2 ? """{"balance":"0.05","currency":"USD"}""" : $$"""{"error":"{{words}}"}"""));
        var link = Ours.NewLink();

        var order = await Ours.OrderAsync(link, alone);
        await UntilAsync(() => Ours.Outcomes(order) == "6");

        Assert.Equal($"{pause}", Ours.Rows("SELECT paused FROM providers WHERE name = 'one'").Single());
        Assert.Equal("1", Ours.Rows("SELECT COUNT(*) FROM alerts WHERE closed_at IS NULL").Single());
        var told = (await Ours.CallAsync("status", ("order", $"{order}"))).ToJsonString();
        Assert.Contains("\"Pending\"", told, StringComparison.Ordinal);
        Assert.DoesNotContain(words, told, StringComparison.Ordinal);

        // Other orders of it go elsewhere if they can, and are not sent there meanwhile.
        var other = await Ours.OrderAsync(Ours.NewLink());
        await Ours.PollUntilAsync("the second has it", () => Ours.UpstreamId(other).Length > 0, "two");
        Assert.Equal(("1", 1), (Ours.Outcomes(other), One.CallsOf("add")));

        if (pause == 2)
        {
            // The balance has risen.
            await One.ControlAsync("PUT", "/sandbox/resellers/rich", """{"balance":"2000000"}""");
        }

        await Ours.PollUntilAsync("it is sent", () => Ours.UpstreamId(order).Length > 0, "one");
        Assert.Equal("6 1", Ours.Outcomes(order));
        Assert.Single(One.OrdersFor(link));
        Assert.Equal("0", Ours.Rows("SELECT COUNT(*) FROM alerts WHERE closed_at IS NULL").Single());
    }

    [Fact]
    public async Task What_an_operator_has_paused_waits_for_him()
    {
        var alone = await Ours.AddServiceAsync();
        await Ours.RouteAsync("one", service: alone);
        await Ours.Panel.VerbAsync("provider", "pause", "one");
        var (stays, goes) = (await Ours.OrderAsync(Ours.NewLink(), alone), await Ours.OrderAsync(Ours.NewLink(), alone));
        await Ours.PollAsync("one");
        Assert.Equal("", Ours.Outcomes(stays));

        // Nobody has it, so it ends at once.
        Assert.Equal($$"""[{"order":{{goes}},"cancel":1}]""", (await Ours.CallAsync("cancel", ("orders", $"{goes}"))).ToJsonString());
        Assert.Equal(new OrderStands("Canceled", 100, 0, false), Ours.Stands(goes));

        await Ours.Panel.VerbAsync("provider", "resume", "one");
        await Ours.PollUntilAsync("it is sent", () => Ours.UpstreamId(stays).Length > 0, "one");
        Assert.Equal(1, One.CallsOf("add"));
        Assert.Equal("", Ours.Outcomes(goes));
    }

    [Fact]
    public async Task A_provider_that_fails_is_left_alone_and_tried_by_a_question()
    {
        var alone = await Ours.AddServiceAsync();
        await Ours.RouteAsync("one", service: alone);
        await EditAsync("one", Closed());
        var links = Enumerable.Range(0, 20).Select(_ => Ours.NewLink()).ToList();
        var orders = new List<int>();
        foreach (var link in links)
        {
            orders.Add(await Ours.OrderAsync(link, alone));
        }

        await UntilAsync(() => Ours.Rows("SELECT open_until IS NOT NULL FROM providers WHERE name = 'one'").Single() == "1");
        Assert.Equal("4", Ours.Rows("SELECT kind FROM alerts WHERE closed_at IS NULL").Single());
        Assert.All(orders, order => Assert.Equal(new OrderStands("Pending", 100, 20_000, false), Ours.Stands(order)));
        Assert.Contains("fails, left alone", await Ours.Panel.VerbAsync("provider", "list"), StringComparison.Ordinal);

        await EditAsync("one", One.Address);
        Assert.Equal("1", Ours.Rows("SELECT open_until IS NOT NULL FROM providers WHERE name = 'one'").Single());
        await Ours.PollUntilAsync("all are accepted", () => orders.TrueForAll(order => Ours.UpstreamId(order).Length > 0), "one");

        Assert.Equal("0", Ours.Rows("SELECT COUNT(*) FROM alerts WHERE closed_at IS NULL").Single());
        Assert.Equal("0", Ours.Rows("SELECT failures FROM providers WHERE name = 'one'").Single());
        Assert.All(links, link => Assert.Single(One.OrdersFor(link)));
    }

    [Fact]
    public async Task A_thousand_orders_over_a_provider_that_flaps_are_neither_lost_nor_doubled()
    {
        const int Many = 1_000;
        var service = await Ours.AddServiceAsync();
        await Ours.Panel.VerbAsync("provider", "edit", "one", "--concurrency", "64");
        await Ours.RouteAsync("one", service: service);
        await Ours.RouteAsync("two", service: service, priority: 2);
        var seen = new ConcurrentDictionary<string, bool>();
        One.Spoil("add", form => !seen.TryAdd(form["link"], true) ? null : PlaceOf(form["link"]) switch
        {
            0 => EvilFault.Named("reset"),
            1 => EvilFault.Named("carried out, then reset"),
            2 => EvilFault.Named("HTTP 502"),
            3 => EvilFault.Named("carried out, then HTTP 500"),
            4 => EvilFault.Named("too many calls"),
            5 => No,
            _ => null,
        });

        var orders = new ConcurrentDictionary<string, int>();
        await Parallel.ForAsync(0, Many, async (_, _) =>
        {
            var link = Ours.NewLink();
            orders[link] = await Ours.OrderAsync(link, service);
        });
        const string Waiting = "SELECT COUNT(*) FROM orders o WHERE NOT EXISTS (SELECT 1 FROM sendings s WHERE s.kind = 1 AND s.subject = o.id AND s.outcome IN (1, 4))";
        await Patience.UntilAsync("every order is with a provider", () => Ours.Rows(Waiting).Single() == "0", async () =>
        {
            await Ours.Panel.TryVerbAsync("provider", "poll", "one");
            await Ours.PollAsync("two");
        });
        var unknown = Ours.Rows("SELECT subject FROM sendings WHERE kind = 1 AND outcome = 4").Select(int.Parse).ToHashSet();
        Assert.Equal(seen.Keys.Count(link => PlaceOf(link) < 4), unknown.Count);
        Assert.NotEmpty(unknown);
        var (one, two) = (Held(One), Held(Two));
        foreach (var (link, order) in orders)
        {
            var held = one[link].Count() + two[link].Count();
            Assert.True(unknown.Contains(order) ? held <= 1 : held == 1, $"{link} is {held} times upstream");
            if (unknown.Contains(order))
            {
                Assert.Empty(two[link]);
                await Ours.SettleAsync(order, [.. one[link]]);
            }
        }

        One.Behave();
        await Ours.PollUntilAsync("nothing is unknown", () => Ours.Rows("SELECT COUNT(*) FROM sendings WHERE outcome = 1").Single() == $"{Many}", "one");
        (one, two) = (Held(One), Held(Two));
        Assert.All(orders.Keys, link => Assert.Single(one[link].Concat(two[link])));
    }

    /// <summary>The ids of all orders that a provider holds, by their links.</summary>
    private static ILookup<string, string> Held(EvilPanel provider) => provider.Rows("SELECT link, id FROM orders")
        .Select(row => row.Split(' '))
        .ToLookup(row => row[0], row => row[1]);

    private static int PlaceOf(string link) => int.Parse(link.Split('?')[1], CultureInfo.InvariantCulture) % 40;

    [Fact]
    public async Task A_provider_that_says_nothing_holds_up_nobody_else()
    {
        var service = await Ours.AddServiceAsync();
        await Ours.RouteAsync("two", service: service);
        One.Spoil("add", EvilFault.Named("silence"), times: 8);
        var stuck = new List<int>();
        for (var one = 0; one < 8; one++)
        {
            stuck.Add(await Ours.OrderAsync(Ours.NewLink()));
        }

        await UntilAsync(() => One.CallsOf("add") > 0);
        var (exit, _, error) = await Ours.Panel.TryVerbAsync("order", "cancel", $"{stuck[0]}");
        Assert.Equal(1, exit);
        Assert.Contains("is being sent to a provider at this moment", error, StringComparison.Ordinal);
        var fine = new List<int>();
        for (var one = 0; one < 20; one++)
        {
            fine.Add(await Ours.OrderAsync(Ours.NewLink(), service));
        }

        await UntilAsync(() => fine.TrueForAll(order => Ours.Outcomes(order) == "1"));
        Assert.Contains(stuck, order => Ours.Outcomes(order) == "0");
        Assert.Equal("0 ", string.Join(' ', Ours.Rows("SELECT failures, open_until FROM providers WHERE name = 'two'")));

        await UntilAsync(() => stuck.TrueForAll(order => Ours.Outcomes(order) == "4"));
        Assert.Equal(20, Two.CallsOf("add"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wish_to_cancel_what_is_unknown_is_carried_out_when_it_is_known(bool isTaken)
    {
        One.Spoil("add", EvilFault.Named(isTaken ? "carried out, then reset" : "reset"));
        var link = Ours.NewLink();
        var order = await Ours.OrderAsync(link);
        await UntilAsync(() => Ours.Outcomes(order) == "4");

        Assert.Equal($$"""[{"order":{{order}},"cancel":1}]""", (await Ours.CallAsync("cancel", ("orders", $"{order}"))).ToJsonString());
        Assert.Equal(new OrderStands("Pending", 100, 20_000, true), Ours.Stands(order));
        await Ours.SettleAsync(order, One.OrdersFor(link));
        if (isTaken)
        {
            // Nobody had begun there, so it ends at once by the wish that is passed on.
            await Ours.PollUntilAsync("it has ended", () => Ours.Stands(order).Status == "Canceled", "one");
            Assert.Equal(1, One.CallsOf("cancel"));
        }

        Assert.Equal(new OrderStands("Canceled", 100, 0, false), Ours.Stands(order));
        Assert.Equal("1", Ours.Rows($"SELECT status FROM cancels WHERE order_id = {order}").Single());
        Assert.Equal(1, One.CallsOf("add"));
        Assert.Equal(0, Two.CallsOf("add"));
    }

    [Fact]
    public async Task What_is_unknown_may_be_paid_back_and_is_never_sent_again()
    {
        One.Spoil("add", EvilFault.Named("carried out, then reset"));
        var order = await Ours.OrderAsync(Ours.NewLink());
        await UntilAsync(() => Ours.Outcomes(order) == "4");

        await Ours.Panel.VerbAsync("review", "refund", $"{order}", "--note", "cannot be found out");

        Assert.Equal(new OrderStands("Canceled", 100, 0, false), Ours.Stands(order));
        Assert.Equal(1, (await Ours.Panel.TryVerbAsync("review", "resend", $"{order}", "--note", "no")).Exit);
        Assert.Equal(1, (await Ours.Panel.TryVerbAsync("review", "refund", $"{order}", "--note", "no")).Exit);
        await Ours.PollAsync("one");
        Assert.Equal(("4", 1), (Ours.Outcomes(order), One.CallsOf("add")));
    }

    [Fact]
    public async Task A_service_that_is_gone_there_is_not_asked_for_again()
    {
        One.Spoil("add", EvilFault.Says("""{"error":"Incorrect service ID"}"""));
        var first = await Ours.OrderAsync(Ours.NewLink());
        await Ours.PollUntilAsync("the second has it", () => Ours.UpstreamId(first).Length > 0, "two");
        Assert.Equal("refused: Incorrect service ID", Ours.Rows("SELECT locked FROM routes WHERE provider_id = 1").Single());

        var next = await Ours.OrderAsync(Ours.NewLink());
        await Ours.PollUntilAsync("the second has it", () => Ours.UpstreamId(next).Length > 0, "two");
        Assert.Equal(("1", 1), (Ours.Outcomes(next), One.CallsOf("add")));

        await Ours.Panel.VerbAsync("route", "unlock", "1");
        var last = await Ours.OrderAsync(Ours.NewLink());
        await Ours.PollUntilAsync("the first has it", () => Ours.UpstreamId(last).Length > 0, "one");
        Assert.Equal(2, One.CallsOf("add"));
    }

    [Fact]
    public async Task A_refill_waits_for_its_provider_and_the_books_are_right_meanwhile()
    {
        var order = await Ours.OrderAsync(Ours.NewLink());
        await Ours.PollUntilAsync("it is accepted", () => Ours.UpstreamId(order).Length > 0, "one");
        await One.PlayAsync(Ours.UpstreamId(order), """{"status":"Completed"}""");
        await Ours.PollUntilAsync("it is completed", () => Ours.Stands(order).Status == "Completed", "one");
        await One.AdvanceAsync("1.01:00:00");
        One.Spoil("refill", EvilFault.Named("too many calls"));

        var refill = (string)(await Ours.CallAsync("refill", ("order", $"{order}")))["refill"]!;
        await UntilAsync(() => Ours.Outcomes(int.Parse(refill), kind: 2) == "6");
        Assert.Equal("the books are right", await Ours.Panel.VerbAsync("verify"));

        await Ours.PollUntilAsync("it is accepted", () => Ours.Outcomes(int.Parse(refill), kind: 2) == "6 1", "one");
    }

    [Fact]
    public async Task A_drip_feeds_runs_are_sent_one_by_one()
    {
        var link = Ours.NewLink();
        var parent = await Ours.OrderAsync(link, 1, ("runs", "3"), ("interval", "10"));
        await UntilAsync(() => One.OrdersFor(link).Count == 1);
        var run = Ours.Rows($"SELECT id FROM orders WHERE parent_id = {parent}").Select(int.Parse).Single();
        await Ours.PollUntilAsync("it is accepted", () => Ours.UpstreamId(run).Length > 0, "one");
        await Ours.Panel.VerbAsync("order", "cancel", $"{parent}");
        Assert.Single(One.OrdersFor(link));
        Assert.Equal("", Ours.Outcomes(parent));
    }

    private static Uri Closed()
    {
        var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return new($"http://127.0.0.1:{port}/api/v2");
    }

    private Task EditAsync(string name, Uri address) => Ours.Panel.VerbAsync("provider", "edit", name, "--url", address.ToString());

    /// <summary>Waits for what the panel does by itself.</summary>
    private static Task UntilAsync(Func<bool> holds) => ForwardingPanel.UntilAsync(holds);
}
