using PanelServer.Testing;

namespace PanelServer.Tests.Testing;

/// <summary>Each member of the package does what it says to the world, as the wire shows.</summary>
public sealed class SandboxControlTests
{
    private const int Order = 23_501;

    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_clock_moves_when_it_is_told_and_never_back()
    {
        await using var panel = await SandboxPanel.StartAsync();
        Assert.Equal(Beginning, await panel.Clock.NowAsync());

        await panel.Clock.AdvanceAsync(new(days: 1, hours: 1, minutes: 30, seconds: 0));
        Assert.Equal(Beginning + new TimeSpan(1, 1, 30, 0), await panel.Clock.NowAsync());

        var later = new DateTimeOffset(2026, 2, 1, 3, 0, 0, TimeSpan.FromHours(3));
        await panel.Clock.MoveToAsync(later);
        Assert.Equal(later, await panel.Clock.NowAsync());

        await Assert.ThrowsAsync<SandboxException>(() => panel.Clock.MoveToAsync(Beginning));
        Assert.Equal(later, await panel.Clock.NowAsync());
    }

    [Fact]
    public async Task An_order_is_moved_and_an_impossible_move_says_why()
    {
        await using var panel = await SandboxPanel.StartAsync();
        await AddAsync(panel);

        await panel.Orders.SetAsync(Order, "Partial", startCount: 3572, remains: 40);
        Assert.Equal(
            """{"charge":"0.05400","start_count":"3572","status":"Partial","remains":"40","currency":"USD"}""",
            await StatusAsync(panel));

        var refusal = await Assert.ThrowsAsync<SandboxException>(() => panel.Orders.SetAsync(Order, "Processing"));
        Assert.Contains("Partial", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_to_cancel_is_refused_and_then_accepted()
    {
        await using var panel = await SandboxPanel.StartAsync();
        await AddAsync(panel);
        await panel.Orders.SetAsync(Order, "In progress");

        await CallAsync(panel, "action=cancel&orders=23501");
        await panel.Cancels.RefuseAsync(Order);
        Assert.Contains("In progress", await StatusAsync(panel), StringComparison.Ordinal);

        await CallAsync(panel, "action=cancel&orders=23501");
        await panel.Cancels.AcceptAsync(Order, remains: 100);
        Assert.Contains("Canceled", await StatusAsync(panel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refill_is_moved()
    {
        await using var panel = await SandboxPanel.StartAsync();
        await AddAsync(panel);
        await panel.Orders.SetAsync(Order, "Completed");
        await panel.Clock.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Equal("""{"refill":"1"}""", await CallAsync(panel, "action=refill&order=23501"));

        await panel.Refills.SetAsync(1, "Rejected");

        Assert.Equal("""{"status":"Rejected"}""", await CallAsync(panel, "action=refill_status&refill=1"));
    }

    [Fact]
    public async Task New_posts_become_orders_of_a_subscription()
    {
        await using var panel = await SandboxPanel.StartAsync();
        await CallAsync(panel, "action=add&service=4&username=someone&min=20&max=20&delay=0&posts=5");

        await panel.Subscriptions.AddPostsAsync(Order, count: 2);
        await panel.Clock.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Contains("\"posts\":\"2\"", await StatusAsync(panel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_balance_is_set()
    {
        await using var panel = await SandboxPanel.StartAsync();

        await panel.Resellers.SetBalanceAsync("demo", 12.5m);

        Assert.Equal("""{"balance":"12.50000","currency":"USD"}""", await CallAsync(panel, "action=balance"));
        await Assert.ThrowsAsync<SandboxException>(() => panel.Resellers.SetBalanceAsync("nobody", 1m));
    }

    [Fact]
    public async Task A_lost_answer_is_a_broken_connection_and_happens_as_often_as_asked()
    {
        await using var panel = await SandboxPanel.StartAsync();
        await panel.Faults.AddAsync("add", SandboxFault.DropAfterCommit, times: 2);

        var lost = await Assert.ThrowsAsync<HttpRequestException>(() => AddAsync(panel));
        Assert.Equal(HttpRequestError.ResponseEnded, lost.HttpRequestError);
        await panel.Faults.ClearAsync();

        Assert.Equal("""{"order":23502}""", await AddAsync(panel));
    }

    [Fact]
    public async Task A_call_that_is_dropped_before_has_done_nothing()
    {
        await using var panel = await SandboxPanel.StartAsync();
        await panel.Faults.AddAsync("add", SandboxFault.DropBefore);

        await Assert.ThrowsAsync<HttpRequestException>(() => AddAsync(panel));

        Assert.Equal("""{"order":23501}""", await AddAsync(panel));
    }

    [Fact]
    public async Task Every_fault_happens_to_the_call()
    {
        await using var panel = await SandboxPanel.StartAsync();
        await panel.Faults.AddAsync("add", SandboxFault.Html);
        await panel.Faults.AddAsync("add", SandboxFault.Malformed);
        await panel.Faults.AddAsync("add", SandboxFault.RateLimit);
        await panel.Faults.AddAsync("add", SandboxFault.Status(503));
        await panel.Faults.AddAsync("add", SandboxFault.Delay(TimeSpan.FromMilliseconds(1)));

        Assert.StartsWith("<!DOCTYPE html>", await AddAsync(panel), StringComparison.Ordinal);
        Assert.Equal("{\"order", await AddAsync(panel));
        Assert.Equal("""{"error":"Rate limit exceeded"}""", await AddAsync(panel));
        Assert.Equal("Service Unavailable\n", await AddAsync(panel));
        Assert.Equal("""{"order":23502}""", await AddAsync(panel));
        await Assert.ThrowsAsync<SandboxException>(() => panel.Faults.AddAsync("add", SandboxFault.Status(200)));
    }

    [Fact]
    public async Task A_world_is_kept_and_restored_and_begun_anew()
    {
        await using var panel = await SandboxPanel.StartAsync();
        await AddAsync(panel);
        var kept = await panel.SnapshotAsync();
        await panel.Clock.AdvanceAsync(TimeSpan.FromMinutes(3));
        Assert.Contains("Completed", await StatusAsync(panel), StringComparison.Ordinal);

        await panel.RestoreAsync(kept);
        Assert.Contains("Pending", await StatusAsync(panel), StringComparison.Ordinal);
        Assert.Equal(Beginning, await panel.Clock.NowAsync());

        await panel.ResetAsync();
        Assert.Equal("""{"error":"Incorrect order ID"}""", await StatusAsync(panel));
        await Assert.ThrowsAsync<SandboxException>(() => panel.RestoreAsync("nothing-of-this-name"));
    }

    private static Task<string> AddAsync(SandboxPanel panel) =>
        CallAsync(panel, "action=add&service=1&link=https://example.com/p/1&quantity=100");

    private static Task<string> StatusAsync(SandboxPanel panel) => CallAsync(panel, "action=status&order=23501");

    /// <summary>Calls as the demo reseller; whatever was done before, the books are right.</summary>
    private static async Task<string> CallAsync(SandboxPanel panel, string fields)
    {
        Assert.Empty(await panel.VerifyAsync());
        using var client = panel.CreateClient();
        using var form = new StringContent(
            $"key={SandboxKeys.Demo}&{fields}", System.Net.Http.Headers.MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded"));
        using var answer = await client.PostAsync("/api/v2", form);
        return await answer.Content.ReadAsStringAsync();
    }
}
