using System.Net;

namespace PanelServer.Tests.ResellerApi;

/// <summary>Who comes in, and how often (docs/contract.md, "Request" and "Errors").</summary>
public sealed class GateTests
{
    private const string InvalidKey = """{"error":"Invalid API key"}""";

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("SANDBOX-DEMO-KEY")]
    [InlineData("sandbox-demo-key\u0000")]
    public async Task A_wrong_key_is_invalid(string key)
    {
        await using var panel = TestPanel.Sandbox();

        Assert.Equal(InvalidKey, await panel.CallAsync(key, ("action", "balance")));
        Assert.Equal(InvalidKey, await panel.CallAsync(key + new string('k', 200), ("action", "nonsense")));
    }

    [Fact]
    public async Task A_suspended_reseller_is_told_so_and_a_resumed_one_is_served_at_once()
    {
        await using var panel = TestPanel.Sandbox();
        const string Suspended = """{"error":"Account suspended"}""";

        Assert.Equal(Suspended, await panel.CallAsync("sandbox-suspended-key", ("action", "nonsense")));
        await panel.VerbAsync("reseller", "resume", "suspended");
        Assert.Equal("""{"balance":"5.00000","currency":"USD"}""", await panel.CallAsync("sandbox-suspended-key", ("action", "balance")));
        await panel.VerbAsync("reseller", "suspend", "suspended");
        Assert.Equal(Suspended, await panel.CallAsync("sandbox-suspended-key", ("action", "balance")));
    }

    [Fact]
    public async Task A_revoked_key_is_dead_for_the_next_call()
    {
        await using var panel = TestPanel.Sandbox();
        var key = (await panel.VerbAsync("key", "issue", "demo")).Split('\n')[0].Trim();

        Assert.StartsWith("""{"balance":""", await panel.CallAsync(key, ("action", "balance")), StringComparison.Ordinal);
        await panel.VerbAsync("key", "revoke", key[..16]);
        Assert.Equal(InvalidKey, await panel.CallAsync(key, ("action", "balance")));
        Assert.StartsWith("""{"balance":""", await panel.DemoAsync(("action", "balance")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_calls_of_a_reseller_are_answered_429_and_anothers_are_not()
    {
        await using var panel = TestPanel.Live(("Limits:CallsPerSecond", "1"));
        await panel.VerbAsync("reseller", "add", "alice");
        await panel.VerbAsync("reseller", "add", "bob");
        var alice = (await panel.VerbAsync("key", "issue", "alice")).Split('\n')[0].Trim();
        var bob = (await panel.VerbAsync("key", "issue", "bob")).Split('\n')[0].Trim();
        var statuses = new List<HttpStatusCode>();
        for (var call = 0; call < 10; call++)
        {
            using var answer = await panel.SendAsync("/api/v2", ("key", alice), ("action", "balance"));
            statuses.Add(answer.StatusCode);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Assert.Equal("""{"error":"Rate limit exceeded"}""", await answer.Content.ReadAsStringAsync());
                Assert.NotNull(answer.Headers.RetryAfter);
            }
        }

        Assert.Contains(HttpStatusCode.OK, statuses);
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
        Assert.StartsWith("""{"balance":""", await panel.CallAsync(bob, ("action", "balance")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_guesses_is_slowed_and_a_valid_key_from_it_is_served()
    {
        await using var panel = TestPanel.Live(("Limits:FailedKeysPerMinute", "3"));
        await panel.VerbAsync("reseller", "add", "alice");
        var alice = (await panel.VerbAsync("key", "issue", "alice")).Split('\n')[0].Trim();
        for (var guess = 0; guess < 3; guess++)
        {
            Assert.Equal(InvalidKey, await panel.CallAsync($"guess{guess}", ("action", "balance")));
        }

        Assert.Equal("""{"error":"Rate limit exceeded"}""", await panel.CallAsync("guess", ("action", "balance")));
        Assert.StartsWith("""{"balance":""", await panel.CallAsync(alice, ("action", "balance")), StringComparison.Ordinal);
    }
}
