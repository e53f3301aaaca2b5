using System.Text.Json.Nodes;

namespace PanelServer.Tests.Sandbox;

/// <summary>Worlds as fixtures: kept, put back, begun anew; under callers who know nothing of it.</summary>
public sealed class SandboxSnapshotTests
{
    [Fact]
    public async Task A_restored_world_goes_on_as_it_did_before()
    {
        await using var panel = TestPanel.Sandbox();
        await panel.OrderAsync(quantity: 1000, link: "https://sandbox.test/slow/30");
        await panel.DemoAsync(
            ("action", "add"), ("service", "4"), ("username", "someone"), ("min", "20"), ("max", "5000"), ("delay", "5"));
        await panel.AdvanceAsync("00:10:00");
        Assert.Equal("""{"name":"snapshot-1"}""", await panel.ControlAsync("POST", "/sandbox/snapshot"));
        var kept = await panel.ControlAsync("GET", "/sandbox");

        var once = await GoOnAsync(panel);
        Assert.Equal(
            """{"clock":"2026-01-01T00:10:00Z"}""",
            await panel.ControlAsync("POST", "/sandbox/restore", """{"name":"snapshot-1"}"""));
        Assert.Equal(kept, await panel.ControlAsync("GET", "/sandbox"));
        var again = await GoOnAsync(panel);

        Assert.Equal(once, again);
        Assert.Equal("""{"name":"snapshot-2"}""", await panel.ControlAsync("POST", "/sandbox/snapshot"));
    }

    [Fact]
    public async Task A_reset_sandbox_is_as_new()
    {
        await using var fresh = TestPanel.Sandbox();
        await using var used = TestPanel.Sandbox();
        await GoOnAsync(used);
        await used.VerbAsync("service", "disable", "1");
        await used.VerbAsync("reseller", "suspend", "demo");
        Assert.Contains("suspended", await used.DemoAsync(("action", "balance")), StringComparison.Ordinal);

        Assert.Equal("""{"clock":"2026-01-01T00:00:00Z"}""", await used.ControlAsync("POST", "/sandbox/reset"));

        Assert.Equal(await fresh.ControlAsync("GET", "/sandbox"), await used.ControlAsync("GET", "/sandbox"));
        Assert.Equal(await fresh.DemoAsync(("action", "services")), await used.DemoAsync(("action", "services")));
        Assert.Equal(await GoOnAsync(fresh), await GoOnAsync(used));
    }

    [Fact]
    public async Task Keys_prices_and_services_of_a_restored_world_hold_at_once()
    {
        await using var panel = TestPanel.Sandbox();
        await panel.ControlAsync("POST", "/sandbox/snapshot");
        var services = await panel.DemoAsync(("action", "services"));
        await panel.VerbAsync("reseller", "discount", "demo", "50%");
        await panel.VerbAsync("service", "disable", "2");
        await panel.VerbAsync("reseller", "add", "later", "--balance", "7");
        var key = (string)JsonNode.Parse(await panel.VerbAsync("key", "issue", "later", "--json"))!["key"]!;
        Assert.NotEqual(services, await panel.DemoAsync(("action", "services")));
        Assert.Equal("""{"balance":"7.00000","currency":"USD"}""", await panel.CallAsync(key, ("action", "balance")));

        await panel.ControlAsync("POST", "/sandbox/restore", """{"name":"snapshot-1"}""");

        Assert.Equal(services, await panel.DemoAsync(("action", "services")));
        Assert.Equal("""{"error":"Invalid API key"}""", await panel.CallAsync(key, ("action", "balance")));
    }

    [Fact]
    public async Task Callers_before_during_and_after_see_one_world_or_the_other()
    {
        await using var panel = TestPanel.Sandbox();
        await panel.OrderAsync();
        await panel.ControlAsync("POST", "/sandbox/snapshot");
        await panel.OrderAsync();
        using var end = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 12).Select(caller => Task.Run(() => CallAsync(panel, caller, end.Token))).ToList();

        for (var turn = 0; turn < 25; turn++)
        {
            await panel.ControlAsync("POST", "/sandbox/restore", """{"name":"snapshot-1"}""");
            await panel.AdvanceAsync("00:01:00");
            await panel.ControlAsync("POST", "/sandbox/snapshot");
        }

        await end.CancelAsync();
        var calls = (await Task.WhenAll(callers)).Sum();
        Assert.True(calls > 100, $"only {calls} calls were answered");
        Assert.Equal("""{"findings":[]}""", await panel.ControlAsync("GET", "/sandbox/verify"));
    }

    [Fact]
    public async Task A_folder_that_takes_no_snapshot_is_told_and_the_world_goes_on()
    {
        await using var panel = TestPanel.Sandbox();
        await File.WriteAllTextAsync(Path.Combine(panel.Folder, "snapshots"), "in the way");

        foreach (var call in new[] { "snapshot", "reset" })
        {
            var (status, body) = await panel.TryControlAsync("POST", $"/sandbox/{call}");
            Assert.Equal(503, (int)status);
            Assert.StartsWith("""{"error":"no world can be kept in """, body, StringComparison.Ordinal);
        }

        await panel.OrderAsync();
        using var ready = await panel.Client.GetAsync("/readyz");
        Assert.Equal(200, (int)ready.StatusCode);
    }

    [Theory]
    [InlineData("""{"name":"snapshot-2"}""", 404, "there is no snapshot of this name")]
    [InlineData("""{"name":"snapshot-01"}""", 404, "there is no snapshot of this name")]
    [InlineData("""{"name":"first"}""", 404, "there is no snapshot of this name")]
    [InlineData("""{"name":"../sandbox"}""", 404, "there is no snapshot of this name")]
    [InlineData("""{"name":"snapshot-1\n"}""", 404, "there is no snapshot of this name")]
    [InlineData("""{"name":1}""", 400, "name must be a text, not a number")]
    [InlineData("{}", 400, "name is missing")]
    public async Task A_name_that_no_snapshot_has_is_refused(string json, int status, string line)
    {
        await using var panel = TestPanel.Sandbox();
        await panel.ControlAsync("POST", "/sandbox/snapshot");

        var (answered, body) = await panel.TryControlAsync("POST", "/sandbox/restore", json);

        Assert.Equal((status, $$"""{"error":"{{line}}"}"""), ((int)answered, body));
    }

    [Fact]
    public async Task A_damaged_snapshot_is_refused_and_the_world_stays()
    {
        await using var panel = TestPanel.Sandbox();
        await panel.OrderAsync();
        await panel.ControlAsync("POST", "/sandbox/snapshot");
        var before = await panel.ControlAsync("GET", "/sandbox");
        await File.WriteAllTextAsync(Path.Combine(panel.Folder, "snapshots", "snapshot-1.db"), "no database");

        var (status, body) = await panel.TryControlAsync("POST", "/sandbox/restore", """{"name":"snapshot-1"}""");

        Assert.Equal(400, (int)status);
        Assert.Contains("is not a panel's backup", body, StringComparison.Ordinal);
        Assert.Equal(before, await panel.ControlAsync("GET", "/sandbox"));
        await panel.OrderAsync();
    }

    /// <summary>A bit of everything that takes time or chance; returns all that was answered.</summary>
    private static async Task<string> GoOnAsync(TestPanel panel)
    {
        List<string> answers =
        [
            await panel.DemoAsync(("action", "add"), ("service", "1"), ("link", "https://sandbox.test/slow/20"), ("quantity", "100")),
            await panel.DemoAsync(
                ("action", "add"), ("service", "1"), ("link", "https://sandbox.test/partial/7"), ("quantity", "50"), ("runs", "3"), ("interval", "7")),
            await panel.DemoAsync(
                ("action", "add"), ("service", "4"), ("username", "other"), ("min", "20"), ("max", "5000"), ("delay", "5"), ("posts", "4")),
        ];
        var subscription = JsonNode.Parse(answers[^1])!["order"]!;
        answers.Add(await panel.ControlAsync("POST", $"/sandbox/subscriptions/{subscription}/posts", """{"count":4}"""));
        answers.Add(await panel.AdvanceAsync("00:04:00"));
        answers.Add(await panel.DemoAsync(("action", "cancel"), ("orders", string.Join(',', Enumerable.Range(23_501, 4)))));
        foreach (var minutes in new[] { "00:05:00", "00:07:30", "01:00:00", "2.00:00:00" })
        {
            answers.Add(await panel.AdvanceAsync(minutes));
            answers.Add(await panel.DemoAsync(("action", "status"), ("orders", string.Join(',', Enumerable.Range(23_501, 20)))));
            answers.Add(await panel.DemoAsync(("action", "balance")));
        }

        answers.Add(await panel.DemoAsync(("action", "refill"), ("orders", string.Join(',', Enumerable.Range(23_501, 20)))));
        answers.Add(await panel.AdvanceAsync("00:03:00"));
        answers.Add(await panel.DemoAsync(("action", "refill_status"), ("refills", "1,2,3,4")));
        answers.Add(await panel.ControlAsync("GET", "/sandbox"));
        return string.Join('\n', answers);
    }

    private static async Task<int> CallAsync(TestPanel panel, int caller, CancellationToken end)
    {
        var calls = 0;
        for (; !end.IsCancellationRequested; calls++)
        {
            var answer = (caller % 4) switch
            {
                0 => await panel.DemoAsync(("action", "add"), ("service", "18"), ("link", "https://example.com/p"), ("quantity", "1")),
                1 => await panel.DemoAsync(("action", "status"), ("orders", "23501,23502,23503")),
                2 => await panel.DemoAsync(("action", "balance")),
                _ => await panel.DemoAsync(("action", "services")),
            };

            Assert.DoesNotContain("Internal", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("unavailable", answer, StringComparison.Ordinal);
            if (caller % 4 == 1)
            {
                Assert.StartsWith("""{"23501":{"charge":"0.09000",""", answer, StringComparison.Ordinal);
            }
        }

        return calls;
    }
}
