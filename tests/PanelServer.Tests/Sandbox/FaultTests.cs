using System.Diagnostics;
using PanelServer.Tests.Processes;

namespace PanelServer.Tests.Sandbox;

/// <summary>Calls that go wrong on purpose: what the caller gets, and whether the call was carried out.</summary>
[Trait("Category", "Process")]
public sealed class FaultTests
{
    private const string Untouched = """{"balance":"100.84292","currency":"USD"}""";
    private const string Charged = """{"balance":"100.75292","currency":"USD"}""";

    private static readonly (string, string)[] Add =
        [("action", "add"), ("service", "1"), ("link", "https://example.com/p"), ("quantity", "100")];

    [Theory]
    [InlineData("delay:0", 200, "application/json", """{"order":23501}""", Charged)]
    [InlineData("delay:50", 200, "application/json", """{"order":23501}""", Charged)]
    [InlineData("status:500", 500, "text/plain", "Internal Server Error\n", Untouched)]
    [InlineData("status:404", 404, "text/plain", "Not Found\n", Untouched)]
    [InlineData("status:599", 599, "text/plain", "\n", Untouched)]
    [InlineData(
        "html",
        200,
        "text/html; charset=utf-8",
        "<!DOCTYPE html>\n<html><head><title>One moment</title></head><body><h1>One moment, please</h1></body></html>\n",
        Untouched)]
    [InlineData("malformed", 200, "application/json", """{"order""", Charged)]
    [InlineData("rate-limit", 429, "application/json", """{"error":"Rate limit exceeded"}""", Untouched)]
    public async Task A_fault_spoils_one_call(string kind, int status, string type, string body, string balance)
    {
        await using var panel = TestPanel.Sandbox();
        Assert.Equal(
            $$"""{"id":1,"action":"add","kind":"{{kind}}","times":1}""",
            await panel.ControlAsync("POST", "/sandbox/faults", $$"""{"action":"add","kind":"{{kind}}"}"""));

        using var spoilt = await panel.SendAsync("/api/v2", [("key", TestPanel.DemoKey), .. Add]);
        Assert.Equal(
            (status, type, body),
            ((int)spoilt.StatusCode, spoilt.Content.Headers.ContentType!.ToString(), await spoilt.Content.ReadAsStringAsync()));
        Assert.Equal(kind == "rate-limit" ? "1" : null, spoilt.Headers.RetryAfter?.ToString());
        Assert.Equal(balance, await panel.DemoAsync(("action", "balance")));

        Assert.Equal($$"""{"order":{{(balance == Charged ? 23502 : 23501)}}}""", await panel.DemoAsync(Add));
    }

    [Fact]
    public async Task A_dropped_call_gets_no_answer_and_is_carried_out_or_not()
    {
        using var folder = new PanelFolder { Sandbox = true };
        await using var server = await folder.ServeAsync();
        using var control = new ControlCaller(server.Address);
        using var caller = server.Caller(TestPanel.DemoKey);

        await control.SendAsync("POST", "/sandbox/faults", """{"action":"add","kind":"drop-before"}""");
        await Assert.ThrowsAsync<HttpRequestException>(() => caller.AskAsync("add", Add[1..]));
        Assert.Equal(10_084_292, await caller.BalanceAsync());

        await control.SendAsync("POST", "/sandbox/faults", """{"action":"add","kind":"drop-after-commit"}""");
        (string, string)[] named = [.. Add[1..], ("request_id", "shop-1")];
        await Assert.ThrowsAsync<HttpRequestException>(() => caller.AskAsync("add", named));
        Assert.Equal(10_075_292, await caller.BalanceAsync());

        // The same name again: the order that was placed, and no second one.
        Assert.Equal("""{"order":23501}""", (await caller.AskAsync("add", named)).Body);
        Assert.Equal(10_075_292, await caller.BalanceAsync());
    }

    [Fact]
    public async Task The_oldest_fault_that_fits_acts_first_and_as_often_as_it_says()
    {
        await using var panel = TestPanel.Sandbox();
        await panel.ControlAsync("POST", "/sandbox/faults", """{"action":"Multi_Status","kind":"status:501","times":2}""");
        await panel.ControlAsync("POST", "/sandbox/faults", """{"kind":"status:502","times":2}""");
        Assert.Contains(
            """
            "faults":[{"id":1,"action":"status","kind":"status:501","times":2},{"id":2,"action":null,"kind":"status:502","times":2}]
            """,
            await panel.ControlAsync("GET", "/sandbox"),
            StringComparison.Ordinal);

        List<int> statuses = [];
        foreach (var action in new[] { "status", "balance", "orders", "status", "status" })
        {
            using var answer = await panel.SendAsync("/api/v2", ("key", TestPanel.DemoKey), ("action", action), ("order", "1"));
            statuses.Add((int)answer.StatusCode);
        }

        Assert.Equal([501, 502, 501, 502, 200], statuses);
        Assert.EndsWith("\"faults\":[]}", await panel.ControlAsync("GET", "/sandbox"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_calls_of_a_known_key_and_an_action_meet_faults()
    {
        await using var panel = TestPanel.Sandbox();
        await panel.ControlAsync("POST", "/sandbox/faults", """{"kind":"status:500"}""");

        Assert.Equal("""{"error":"Invalid API key"}""", await panel.CallAsync("no key", ("action", "balance")));
        Assert.Equal("""{"error":"Account suspended"}""", await panel.CallAsync("sandbox-suspended-key", ("action", "balance")));
        Assert.Equal("""{"error":"Incorrect request"}""", await panel.DemoAsync(("action", "nothing")));
        Assert.Equal("Internal Server Error\n", await panel.DemoAsync(("action", "balance")));
    }

    [Fact]
    public async Task Removed_faults_act_no_more()
    {
        await using var panel = TestPanel.Sandbox();
        await panel.ControlAsync("POST", "/sandbox/faults", """{"kind":"html","times":1000000}""");
        await panel.ControlAsync("POST", "/sandbox/faults", """{"kind":"html"}""");
        Assert.StartsWith("<!DOCTYPE", await panel.DemoAsync(("action", "balance")), StringComparison.Ordinal);

        Assert.Equal("""{"removed":2}""", await panel.ControlAsync("DELETE", "/sandbox/faults"));

        Assert.Equal(Untouched, await panel.DemoAsync(("action", "balance")));
    }

    [Fact]
    public async Task Every_call_of_many_at_once_is_counted_once()
    {
        await using var panel = TestPanel.Sandbox();
        await panel.ControlAsync("POST", "/sandbox/faults", """{"kind":"status:503","times":30}""");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => panel.DemoAsync(("action", "balance"))));

        Assert.Equal(30, answers.Count(answer => answer == "Service Unavailable\n"));
        Assert.Equal(20, answers.Count(answer => answer == Untouched));
    }

    [Fact]
    public async Task The_catalogue_breaks_off_like_any_answer()
    {
        await using var panel = TestPanel.Sandbox();
        var services = await panel.DemoAsync(("action", "services"));
        await panel.ControlAsync("POST", "/sandbox/faults", """{"action":"services","kind":"malformed"}""");

        var broken = await panel.DemoAsync(("action", "services"));

        Assert.InRange(broken.Length, 1, services.Length - 1);
        Assert.StartsWith(broken, services, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_late_call_delays_no_reset_and_is_carried_out_before_it()
    {
        await using var panel = TestPanel.Sandbox();
        await panel.ControlAsync("POST", "/sandbox/faults", """{"action":"add","kind":"delay:60000"}""");
        var started = Stopwatch.GetTimestamp();
        var late = panel.DemoAsync(Add);
        while (!(await panel.ControlAsync("GET", "/sandbox")).EndsWith("\"faults\":[]}", StringComparison.Ordinal))
        {
        }

        await panel.ControlAsync("POST", "/sandbox/reset");

        Assert.Equal("""{"order":23501}""", await late);
        Assert.True(Stopwatch.GetElapsedTime(started) < Patience.Seconds(30));
        Assert.Equal(Untouched, await panel.DemoAsync(("action", "balance")));
    }

    [Fact]
    public async Task A_fault_comes_back_with_its_world()
    {
        await using var panel = TestPanel.Sandbox();
        await panel.ControlAsync("POST", "/sandbox/faults", """{"kind":"html"}""");
        await panel.ControlAsync("POST", "/sandbox/snapshot");
        Assert.StartsWith("<!DOCTYPE", await panel.DemoAsync(("action", "balance")), StringComparison.Ordinal);
        Assert.Equal(Untouched, await panel.DemoAsync(("action", "balance")));

        await panel.ControlAsync("POST", "/sandbox/restore", """{"name":"snapshot-1"}""");

        Assert.StartsWith("<!DOCTYPE", await panel.DemoAsync(("action", "balance")), StringComparison.Ordinal);
    }
}
