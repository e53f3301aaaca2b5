using PanelServer.Tests.Providers;
using PanelServer.Tests.Sandbox;

namespace PanelServer.Tests.Processes;

/// <summary>
/// A reseller orders from our panel, and our panel from another: every service type lives its whole life over both, and at
/// the end the books of the two agree to the last unit.
/// </summary>
[Trait("Category", "Process")]
public sealed class ChainTests
{
    private const string Comments = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten";

    // Which service of the sandbox delivers ours of each type. A subscription's children are Default.
    private static readonly Dictionary<int, string> Routes = new()
    {
        [101] = "1",
        [102] = "15",
        [103] = "2",
        [104] = "6",
        [105] = "7",
        [106] = "8",
        [107] = "9",
        [108] = "10",
        [109] = "11",
        [110] = "3",
        [111] = "12",
        [112] = "13",
        [113] = "14",
        [114] = "5",
        [115] = "16",
        [116] = "1",
        [117] = "17",
    };

    [Fact]
    public async Task Every_type_is_delivered_by_another_panel_and_the_books_of_both_agree()
    {
        using var theirs = new PanelFolder { Sandbox = true };
        using var ours = new PanelFolder();
        await using var upstream = await theirs.ServeAsync();
        await using var server = await ours.ServeAsync(PanelFixture.NoLimits);
        using var control = new ControlCaller(upstream.Address);
        var caller = await OpenAsync(ours, server, upstream);
        using var _ = caller;

        var plain = new List<long>();
        foreach (var service in SoldService.All.Where(service => !service.IsSubscription))
        {
            plain.Add(await OrderAsync(caller, service, $"https://sandbox.test/type/{service.Id}"));
        }

        var followers = SoldService.ById(101);
        var partial = await OrderAsync(caller, followers, "https://sandbox.test/partial/157");
        var canceled = await OrderAsync(caller, followers, "https://sandbox.test/cancel");
        var rejected = await OrderAsync(caller, followers, "https://sandbox.test/reject");
        var slow = await OrderAsync(caller, followers, "https://sandbox.test/slow/600");
        var drip = await OrderAsync(caller, followers, "https://sandbox.test/drip", ("runs", "3"), ("interval", "10"));
        var subscription = (await caller.AskAsync(
            "add", ("service", "116"), ("username", "ann"), ("min", "60"), ("max", "80"), ("posts", "2"), ("delay", "0"))).Accepted();
        await ours.DoAsync("subscription", "post", Units.Text(subscription), "https://sandbox.test/post/1", "https://sandbox.test/post/2");
        const int Sent = 16 + 4 + 1 + 2;
        await PollUntilAsync(ours, "SELECT COUNT(*) FROM sendings WHERE outcome = 1", $"{Sent}");

        // One is under way there when its reseller wants it canceled: asked, confirmed, and paid back by what was left.
        await control.SendAsync("POST", "/sandbox/clock", """{"advance":"00:02:00"}""");
        await PollUntilAsync(ours, $"SELECT status FROM orders WHERE id = {slow}", "2");
        Assert.Equal($$"""[{"order":{{slow}},"cancel":1}]""", (await caller.AskAsync("cancel", ("orders", Units.Text(slow)))).Body);
        await PollUntilAsync(ours, "SELECT COUNT(*) FROM sendings WHERE kind = 3 AND outcome = 1", "1");
        Assert.Equal("In progress", (await caller.StateAsync(slow)).Status);
        await control.SendAsync("POST", "/sandbox/clock", """{"advance":"00:05:00"}""");

        // The runs that have not begun are given up; the first one counts.
        await PollUntilAsync(ours, $"SELECT COUNT(*) FROM orders WHERE parent_id = {drip} AND status = 3", "1");
        await ours.DoAsync("order", "cancel", Units.Text(drip));
        await PollUntilAsync(ours, "SELECT COUNT(*) FROM orders WHERE status < 3 OR status > 5", "0");

        var states = await caller.StatesAsync([.. plain, partial, canceled, rejected, slow]);
        Assert.All(plain, id => Assert.Equal(("Completed", "0"), (states[id].Status, states[id].Remains)));
        Assert.Equal(("Partial", "157"), (states[partial].Status, states[partial].Remains));
        Assert.All(new[] { canceled, rejected }, id => Assert.Equal(("Canceled", 0L), (states[id].Status, states[id].Charge)));
        Assert.Contains(states[slow].Status, new[] { "Partial", "Canceled" });
        Assert.Equal("1", Rows(ours, $"SELECT status FROM cancels WHERE order_id = {slow}").Single());

        await control.SendAsync("POST", "/sandbox/clock", """{"advance":"1.01:00:00"}""");
        var refill = (string)(await caller.AskAsync("refill", ("order", Units.Text(plain[0])))).Json!["refill"]!;
        await PollUntilAsync(ours, "SELECT COUNT(*) FROM sendings WHERE kind = 2 AND outcome = 1", "1");
        await control.SendAsync("POST", "/sandbox/clock", """{"advance":"00:05:00"}""");
        await PollUntilAsync(ours, $"SELECT status FROM refills WHERE id = {refill}", "2");

        await BooksAgreeAsync(ours, theirs, plain[0]);
    }

    private static async Task BooksAgreeAsync(PanelFolder ours, PanelFolder theirs, long order)
    {
        // Each order of ours once and none besides, in the same state, for what it cost.
        Assert.Equal(
            Rows(theirs, "SELECT id, status, remains, charge - refunded FROM orders ORDER BY id"),
            Rows(ours, "SELECT s.upstream_id, o.status, o.remains, s.cost FROM sendings s JOIN orders o ON o.id = s.subject WHERE s.kind = 1 AND s.outcome = 1 ORDER BY CAST(s.upstream_id AS INTEGER)"));
        Assert.Equal(
            Rows(theirs, "SELECT 100000000000 - balance FROM accounts WHERE id = (SELECT id FROM resellers WHERE name = 'rich')"),
            Rows(ours, "SELECT SUM(cost) FROM sendings WHERE kind = 1"));

        var sending = (await ours.JsonAsync("order", "show", Units.Text(order)))["around"]!["sendings"]![0]!;
        Assert.Equal("Accepted", (string?)sending["outcome"]);
        Assert.Equal(
            Rows(theirs, $"SELECT charge FROM orders WHERE id = {sending["upstream_id"]}").Single(),
            Units.Text(Units.Read((string?)sending["cost"])));
        await ours.VerifyAsync();
        await theirs.VerifyAsync();
    }

    private static async Task<PanelCaller> OpenAsync(PanelFolder ours, PanelProcess server, PanelProcess upstream)
    {
        await PanelFixture.ImportAsync(ours);
        await ours.DoAsync("service", "edit", "101", "--refill", "30", "--refill-hours", "0");
        await ours.DoAsync(
            "provider", "add", "up", "--url", new Uri(upstream.Address, "/api/v2").ToString(), "--key", EvilPanel.Key, "--internal",
            "--per-second", "1000");
        foreach (var (service, theirs) in Routes)
        {
            await ours.DoAsync("route", "add", Units.Text(service), "up", theirs);
        }

        return server.Caller(await ours.ResellerAsync("acme", "1000"));
    }

    private static async Task<long> OrderAsync(PanelCaller caller, SoldService service, string link, params (string, string)[] more)
    {
        var fields = service.Order.Select(field => field.Name switch
        {
            "link" => ("link", link),
            "comments" when service.Id == 103 => ("comments", Comments),
            _ => field,
        });
        return (await caller.AskAsync("add", [.. fields, .. more])).Accepted();
    }

    private static IReadOnlyList<string> Rows(PanelFolder folder, string sql) => Books.Rows(new PanelDatabase(folder.Database), sql);

    private static Task PollUntilAsync(PanelFolder ours, string sql, string wanted) => Patience.UntilAsync(
        $"{wanted} of {sql}",
        () => Rows(ours, sql).Single() == wanted,
        () => ours.DoAsync("provider", "poll", "up"));
}
