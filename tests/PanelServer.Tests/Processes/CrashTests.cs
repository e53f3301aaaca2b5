using Xunit.Abstractions;

namespace PanelServer.Tests.Processes;

/// <summary>Killed without warning while orders come in, the panel loses nothing that it has acknowledged.</summary>
[Trait("Category", "Process")]
public sealed class CrashTests(ITestOutputHelper log)
{
    private const int Rounds = 4;
    private const int Connections = 8;
    private const long Deposit = 1_000_00000;

    [Fact]
    public async Task Every_acknowledged_order_outlives_a_kill_and_the_next_start_is_not_blocked()
    {
        using var folder = new PanelFolder();
        var server = await folder.ServeAsync(PanelFixture.NoLimits);
        try
        {
            await PanelFixture.ImportAsync(folder);
            var key = await folder.ResellerAsync("acme", Units.Write(Deposit));
            HashSet<long> promised = [];
            var attempts = 0;
            for (var round = 0; round < Rounds; round++)
            {
                var killed = await Sellers.StartAsync(server, key, Connections, 200 + (150 * round));
                var retried = await RetryableAsync(server, key, round);
                await server.KillAsync();
                await killed.EndedAsync();
                Assert.True(promised.Add(retried.Accepted()));
                Assert.All(killed.Acknowledged, id => Assert.True(promised.Add(id), $"order id {id} was given twice"));
                attempts += killed.Attempts + 1;
                Assert.True(File.Exists(folder.Socket), "the kill left no socket: nothing is proved about a stale one");
                if (round % 2 == 0)
                {
                    await folder.VerifyAsync();
                }

                await server.DisposeAsync();
                server = await folder.ServeAsync(PanelFixture.NoLimits);
                Assert.True(server.ReadyAfter < Patience.Seconds(20), $"ready only after {server.ReadyAfter}");
                await ProveAsync(folder, server, key, promised, attempts);
                var again = await RetryableAsync(server, key, round);
                Assert.True(again.Replayed && again.Body == retried.Body, $"{retried} was retried and became {again}");
                log.WriteLine($"round {round}: {promised.Count} acknowledged, ready after {server.ReadyAfter:s\\.fff} s");
            }

            (await server.StopAsync()).Done();
            await folder.VerifyAsync();
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_verb_after_a_kill_works_although_a_socket_lies_there()
    {
        using var folder = new PanelFolder();
        await using (var server = await folder.ServeAsync())
        {
            await server.KillAsync();
        }

        Assert.True(File.Exists(folder.Socket));
        await folder.DoAsync("reseller", "add", "late", "--balance", "5");
        await using var next = await folder.ServeAsync();
        using var caller = next.Caller(await folder.KeyAsync("late"));
        Assert.Equal(5_00000, await caller.BalanceAsync());
        await folder.VerifyAsync();
    }

    private static async Task<WireAnswer> RetryableAsync(PanelProcess server, string key, int round)
    {
        using var caller = server.Caller(key);
        return await caller.AskAsync($"round-{round}", "add", Sellers.Service.Order);
    }

    private static async Task ProveAsync(
        PanelFolder folder, PanelProcess server, string key, HashSet<long> promised, int attempts)
    {
        using var caller = server.Caller(key);
        var states = await caller.StatesAsync(promised);
        var pending = new OrderState(Sellers.Service.Charge, "0", "Pending", "309");
        Assert.All(states.Values, state => Assert.Equal(pending, state));

        var (charged, rest) = Math.DivRem(Deposit - await caller.BalanceAsync(), Sellers.Service.Charge);
        Assert.Equal(0, rest);
        Assert.InRange(charged, promised.Count, attempts);
        await folder.VerifyAsync();
    }
}
