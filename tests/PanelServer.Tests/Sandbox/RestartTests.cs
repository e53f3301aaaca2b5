using PanelServer.Data;
using PanelServer.Domain.Catalogue;
using PanelServer.Sandbox;
using PanelFolder = PanelServer.Tests.Processes.PanelFolder;

namespace PanelServer.Tests.Sandbox;

/// <summary>A sandbox in a folder that was asked for is kept: a killed one goes on where it was.</summary>
[Trait("Category", "Process")]
public sealed class RestartTests
{
    [Fact]
    public async Task A_sandbox_goes_on_after_a_restart_where_it_was()
    {
        using var folder = new PanelFolder { Sandbox = true };
        string before;
        await using (var server = await folder.ServeAsync())
        {
            using var control = new ControlCaller(server.Address);
            using var caller = server.Caller(TestPanel.DemoKey);
            await caller.AskAsync(
                "add", ("service", "4"), ("username", "someone"), ("min", "20"), ("max", "5000"), ("delay", "0"));
            await control.SendAsync("POST", "/sandbox/subscriptions/23501/posts", """{"count":3}""");
            await control.SendAsync("POST", "/sandbox/clock", """{"advance":"00:02:00"}""");
            await control.SendAsync("POST", "/sandbox/faults", """{"action":"refill","kind":"delay:1","times":3}""");
            await control.SendAsync("POST", "/sandbox/snapshot");
            before = await control.SendAsync("GET", "/sandbox");
            Assert.DoesNotContain("\"seed\":1,", before, StringComparison.Ordinal);
            BelongsToItsOwner(Path.Combine(folder.Data, "snapshots"));
            BelongsToItsOwner(Path.Combine(folder.Data, "snapshots", "snapshot-1.db"));
            await server.KillAsync();
        }

        await using var again = await folder.ServeAsync();
        using var controlAgain = new ControlCaller(again.Address);
        Assert.Equal(before, await controlAgain.SendAsync("GET", "/sandbox"));
        Assert.Equal("""{"name":"snapshot-2"}""", await controlAgain.SendAsync("POST", "/sandbox/snapshot"));
        await controlAgain.SendAsync("POST", "/sandbox/restore", """{"name":"snapshot-1"}""");
        Assert.Equal(before, await controlAgain.SendAsync("GET", "/sandbox"));
        Assert.Equal(
            """{"clock":"2026-01-01T00:03:00Z","passes":1}""",
            await controlAgain.SendAsync("POST", "/sandbox/clock", """{"advance":"00:01:00"}"""));
    }

    [Fact]
    public async Task A_clock_that_was_killed_on_its_way_tells_how_far_the_orders_are_when_it_is_back()
    {
        var path = Directory.CreateTempSubdirectory("restart-test-").FullName;
        int order;
        await using (var panel = await OpenSandbox.InAsync(path))
        {
            var service = panel.Services.Get().Sold(1)!;
            var details = new OrderDetails { Link = "https://sandbox.test/slow/10", Quantity = 1_000 };
            var placed = await panel.PlaceOrder.RunAsync(Actors.Reseller, new(1, service, service.Rate, details), retry: null, _ => null);
            order = placed.Outcome.Value;
            var clock = (SandboxClock)panel.Clock;
            clock.Instant += 120_000;
            await panel.Jobs.RunOnceAsync();

            // The clock has come five minutes further, and the orders have not been told.
            await panel.Writes.RunAsync(ActorContext.System, unit =>
            {
                unit.SetClock(clock.Instant + 300_000);
                return true;
            });
            Assert.Equal(1_000, panel.ReadOrders.One(1, order)!.Remains);
        }

        await using (var again = await OpenSandbox.InAsync(path))
        {
            Assert.Equal(500, again.ReadOrders.One(1, order)!.Remains);
        }

        Directory.Delete(path, recursive: true);
    }

    private static void BelongsToItsOwner(string path)
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        Assert.True(OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Others) == 0, path);
    }
}
