using System.Text;
using PanelServer.Data.Engines.Sqlite;

namespace PanelServer.Tests.Processes;

/// <summary>Starts that must be refused with one line that says why, and ends that must be clean.</summary>
[Trait("Category", "Process")]
public sealed class StartTests
{
    [Theory]
    [InlineData("PANEL__Nonsense__X", "1", "Nonsense")]
    [InlineData("PANEL__Contract__Gett", "All", "Gett")]
    [InlineData("PANEL__Contract__Get", "Sometimes", "Contract:Get")]
    [InlineData("PANEL__Contract__MaxBody", "many", "MaxBody")]
    [InlineData("PANEL__Limits__CallsPerSecond", "-1", "CallsPerSecond")]
    [InlineData("PANEL__Panel__Currency", "dollars", "Currency")]
    [InlineData("PANEL__Database__MaxPages", "-7", "MaxPages")]
    public async Task A_setting_that_is_unknown_or_impossible_stops_the_start(string name, string value, string named)
    {
        using var folder = new PanelFolder();
        (await folder.TryServeAsync((name, value))).Refused(named);
    }

    [Fact]
    public async Task A_setting_in_the_folders_file_is_read_and_refused_alike()
    {
        using var folder = new PanelFolder();
        Directory.CreateDirectory(folder.Data);
        var file = Path.Combine(folder.Data, "appsettings.json");
        await File.WriteAllTextAsync(file, """{"Contract":{"Get":"Sometimes"}}""");
        (await folder.TryServeAsync()).Refused("Contract:Get");
        await File.WriteAllTextAsync(file, """{"Contract":{"Get":"Off"}}""");
        await using var server = await folder.ServeAsync();
        var key = await folder.ResellerAsync("acme", "1");
        using var caller = server.Caller(key);
        (await caller.GetAsync($"/api/v2?action=balance&key={key}"))
            .SaysError("Incorrect request", "method_not_allowed");
        Assert.Equal(1_00000, await caller.BalanceAsync());
    }

    [Fact]
    public async Task The_currency_of_the_first_start_stays()
    {
        using var folder = new PanelFolder();
        await using (var server = await folder.ServeAsync(("PANEL__Panel__Currency", "EUR")))
        {
            (await server.StopAsync()).Done();
        }

        (await folder.TryServeAsync(("PANEL__Panel__Currency", "TRY"))).Refused("currency", "EUR");
    }

    [Fact]
    public async Task An_upgrade_is_told_and_verbs_that_read_wait_for_it()
    {
        using var folder = new PanelFolder();
        Directory.CreateDirectory(folder.Data);
        using (var connection = new PanelDatabase(folder.Database).OpenWriter(maxPages: 0))
        {
            PanelDatabase.Execute(connection, $"{SchemaUpgrade.Scripts[0].Sql}; PRAGMA user_version = 1");
        }

        (await folder.RunAsync("order", "list")).Refused("has schema 1", "panelserver serve");
        await using (var server = await folder.ServeAsync())
        {
            var told = (await server.StopAsync()).Errors;
            Assert.Contains("upgrading the database to schema 2 (0002_lifecycle.sql)", told, StringComparison.Ordinal);
            Assert.Contains("upgrading the database to schema 3 (0003_growth.sql)", told, StringComparison.Ordinal);
        }

        Assert.Equal("no orders", (await folder.DoAsync("order", "list")).Trim());
    }

    [Fact]
    public async Task A_real_database_is_never_opened_as_a_sandbox()
    {
        using var real = new PanelFolder();
        await real.DoAsync("reseller", "add", "acme");
        using var sandbox = new PanelFolder { Sandbox = true };
        Directory.CreateDirectory(sandbox.Data);
        File.Copy(real.Database, sandbox.Database);
        (await sandbox.TryServeAsync()).Refused("sandbox");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone()
    {
        using var folder = new PanelFolder();
        Directory.CreateDirectory(folder.Data);
        await File.WriteAllTextAsync(folder.Database, "my diary");
        (await folder.TryServeAsync()).Refused("panel.db");
        Assert.Equal("my diary", await File.ReadAllTextAsync(folder.Database));
    }

    [Fact]
    public async Task A_restore_overwrites_only_when_told_to()
    {
        using var folder = new PanelFolder();
        var backup = folder.File("backup.db");
        await folder.DoAsync("reseller", "add", "before", "--balance", "3");
        await folder.DoAsync("backup", backup);
        await folder.DoAsync("reseller", "add", "after", "--balance", "4");
        (await folder.RunAsync("restore", backup)).Refused("--force");
        await folder.DoAsync("reseller", "show", "after");
        await folder.DoAsync("restore", backup, "--force");
        (await folder.RunAsync("reseller", "show", "after")).Refused("after");
        await folder.DoAsync("reseller", "show", "before");
        await folder.VerifyAsync();

        await using var server = await folder.ServeAsync();
        (await folder.RunAsync("restore", backup, "--force")).Refused("running");
    }

    [Fact]
    public async Task A_polite_end_answers_what_is_in_flight_and_exits_with_zero()
    {
        using var folder = new PanelFolder();
        await using var server = await folder.ServeAsync(PanelFixture.NoLimits);
        await PanelFixture.ImportAsync(folder);
        var key = await folder.ResellerAsync("acme", "1000");
        var sellers = await Sellers.StartAsync(server, key, connections: 8, goal: 60);
        (await server.StopAsync()).Done();
        await sellers.EndedAsync();
        Assert.False(File.Exists(folder.Socket), "the socket is left behind");
        var health = await PanelProcess.RunAsync(["health", "--url", server.Address.ToString()]);
        health.Refused();

        await using var next = await folder.ServeAsync(PanelFixture.NoLimits);
        using var again = next.Caller(key);
        var charged = sellers.Acknowledged.Count * Sellers.Service.Charge;
        Assert.Equal(1000_00000 - charged, await again.BalanceAsync());
        await folder.VerifyAsync();
    }

    [Fact]
    public async Task No_key_is_ever_written_down()
    {
        using var folder = new PanelFolder();
        await using var server = await folder.ServeAsync([.. PanelFixture.NoLimits, ("PANEL__Log__Level", "Trace")]);
        await PanelFixture.ImportAsync(folder);
        var key = await folder.ResellerAsync("acme", "10");
        const string canary = "canary-of-a-key-that-nobody-has-0123456789";
        using var caller = server.Caller(key);
        using var stranger = server.Caller(canary);
        foreach (var asking in new[] { caller, stranger })
        {
            await asking.AskAsync("add", SoldService.ById(101).Order);
            await asking.AskAsync("retry-1", "add", SoldService.ById(110).Order);
            await asking.AskAsync("nonsense");
        }

        foreach (var secret in new[] { key, canary })
        {
            await caller.GetAsync($"/api/v2?action=balance&key={secret}");
            await caller.GetAsync($"/api/v1?action=add&key={secret}");
            await caller.GetAsync($"/api/nothing?key={secret}");
        }

        var backup = folder.File("backup.db");
        await folder.DoAsync("backup", backup);
        var listed = await folder.DoAsync("key", "list");
        var shown = await folder.DoAsync("reseller", "show", "acme");

        // The lock file is held by the running server; it is read with the others after the end.
        string[] files = [backup, .. Directory.GetFiles(folder.Data).Where(file => !file.EndsWith(".lock"))];
        var written = server.Output + server.Errors + listed + shown;
        Assert.All([key, canary], secret => Assert.DoesNotContain(secret, written, StringComparison.Ordinal));
        Assert.Contains(folder.Database, files);
        Assert.Contains("Application started", server.Errors, StringComparison.Ordinal);
        await AssertNowhereAsync(files, key, canary);
        (await server.StopAsync()).Done();
        await AssertNowhereAsync(Directory.GetFiles(folder.Data), key, canary);
        Assert.DoesNotContain(key, server.Output + server.Errors, StringComparison.Ordinal);
    }

    private static async Task AssertNowhereAsync(IEnumerable<string> files, params string[] secrets)
    {
        // The socket cannot be read, and the lock, which is empty, is held.
        foreach (var file in files.Where(file => !file.EndsWith(".sock", StringComparison.Ordinal) && !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes);
            Assert.All(secrets, secret => Assert.True(
                bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, $"{file} holds a key"));
        }
    }
}
