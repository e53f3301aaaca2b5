using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace PanelServer.Tests.Processes;

/// <summary>What the command line says and how it ends, beside a running server.</summary>
[Trait("Category", "Process")]
public sealed partial class CommandLineTests(PanelFixture panel) : IClassFixture<PanelFixture>
{
    [Fact]
    public async Task A_second_server_on_the_same_folder_is_refused()
    {
        (await panel.Folder.TryServeAsync()).Refused(panel.Folder.Data);
        using var caller = panel.Server.Caller("nobody");
        (await caller.AskAsync("balance")).SaysError("Invalid API key", "invalid_key");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/.")]
    [InlineData("/../data")]
    public async Task The_folder_may_be_written_in_any_way(string ending) =>
        (await panel.Folder.RunOnAsync(panel.Folder.Data + ending, "order", "reindex")).Done();

    [Fact]
    public async Task Health_says_ready()
    {
        var health = await PanelProcess.RunAsync(["health", "--url", panel.Server.Address.ToString()]);
        health.Done();
    }

    [Theory]
    [InlineData("reseller list --json", 0)]
    [InlineData("reseller show nobody", 1)]
    [InlineData("reseller add a b c", 2)]
    public async Task A_process_of_its_own_says_the_same_and_ends_the_same(string verb, int exit)
    {
        var process = await panel.Folder.RunProcessAsync(verb.Split(' '));

        Assert.Equal(exit, process.ExitCode);
        Assert.Equal(await panel.Folder.RunAsync(verb.Split(' ')), process);
    }

    [Fact]
    public async Task Check_says_one_line_for_each_thing_and_the_version_of_sqlite()
    {
        var check = (await panel.Folder.RunAsync("check")).Done().Output;
        Assert.Matches(SqliteVersion(), check);
        Assert.True(check.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length >= 4, check);
        Assert.Contains(panel.Folder.Data, check, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-verb")]
    [InlineData("reseller")]
    [InlineData("reseller add")]
    [InlineData("reseller add a b c")]
    [InlineData("reseller deposit a")]
    [InlineData("reseller show a --no-such-option")]
    [InlineData("order complete abc")]
    [InlineData("order partial 1 --remains many")]
    public async Task Wrong_usage_ends_with_two(string verb) =>
        (await panel.Folder.RunAsync(verb.Split(' '))).WrongUsage();

    [Theory]
    [InlineData("reseller show nobody", "nobody")]
    [InlineData("reseller deposit nobody 5 --note gift", "nobody")]
    [InlineData("key issue nobody", "nobody")]
    [InlineData("key revoke pk_live_nothing", "pk_live_nothing")]
    [InlineData("service edit 999 --name other", "999")]
    [InlineData("service import /no/such/file.json", "/no/such/file.json")]
    [InlineData("order show 4711", "4711")]
    [InlineData("order complete 4711", "4711")]
    [InlineData("refill complete 4711", "4711")]
    [InlineData("cancel accept 4711", "4711")]
    [InlineData("backup /no/such/folder/backup.db", "/no/such/folder")]
    public async Task A_refusal_ends_with_one_and_names_what_it_is_about(string verb, string named) =>
        (await panel.Folder.RunAsync(verb.Split(' '))).Refused(named);

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("1e3")]
    [InlineData("0.000001")]
    [InlineData("99999999999999999999")]
    public async Task A_deposit_that_is_no_amount_moves_nothing(string amount)
    {
        var name = $"odd{Math.Abs(string.GetHashCode(amount, StringComparison.Ordinal))}";
        var key = await panel.Folder.ResellerAsync(name, "1");
        var refused = await panel.Folder.RunAsync("reseller", "deposit", name, amount, "--note", "odd");
        Assert.True(refused.ExitCode is 1 or 2, refused.ToString());
        using var caller = panel.Server.Caller(key);
        Assert.Equal(1_00000, await caller.BalanceAsync());
    }

    [Fact]
    public async Task An_impossible_move_is_refused_and_moves_no_money()
    {
        using var caller = panel.Server.Caller(await panel.Folder.ResellerAsync("moves", "10"));
        var service = SoldService.ById(101);
        var order = Units.Text((await caller.AskAsync("add", service.Order)).Accepted());
        (await panel.Folder.RunAsync("order", "partial", order, "--remains", "310")).Refused(order);
        (await panel.Folder.RunAsync("order", "progress", order, "--remains", "5000")).Refused(order);
        await panel.Folder.DoAsync("order", "complete", order);
        (await panel.Folder.RunAsync("order", "partial", order, "--remains", "10")).Refused(order);
        (await panel.Folder.RunAsync("order", "cancel", order)).Refused(order);
        (await panel.Folder.RunAsync("order", "take", order)).Refused(order);
        Assert.Equal(10_00000 - service.Charge, await caller.BalanceAsync());
        await panel.Folder.VerifyAsync();
    }

    [Fact]
    public async Task A_withdrawal_never_goes_below_nothing()
    {
        using var caller = panel.Server.Caller(await panel.Folder.ResellerAsync("floor", "10"));
        (await panel.Folder.RunAsync("reseller", "withdraw", "floor", "10.00001", "--note", "too much")).Refused("floor");
        await panel.Folder.DoAsync("reseller", "withdraw", "floor", "10", "--note", "all of it");
        Assert.Equal(0, await caller.BalanceAsync());
    }

    [Fact]
    public async Task Suspending_and_revoking_work_at_once()
    {
        using var caller = panel.Server.Caller(await panel.Folder.ResellerAsync("paused", "10"));
        Assert.Equal(10_00000, await caller.BalanceAsync());
        await panel.Folder.DoAsync("reseller", "suspend", "paused");
        (await caller.AskAsync("balance")).SaysError("Account suspended", "account_suspended");
        await panel.Folder.DoAsync("reseller", "resume", "paused");
        Assert.Equal(10_00000, await caller.BalanceAsync());

        var issued = await panel.Folder.JsonAsync("key", "issue", "paused");
        using var second = panel.Server.Caller((string?)issued["key"] ?? "");
        Assert.Equal(10_00000, await second.BalanceAsync());
        await panel.Folder.DoAsync("key", "revoke", (string?)issued["prefix"] ?? "");
        (await second.AskAsync("balance")).SaysError("Invalid API key", "invalid_key");
        Assert.Equal(10_00000, await caller.BalanceAsync());
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void The_socket_is_for_its_owner_alone() =>
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(panel.Folder.Socket) & (UnixFileMode)0b111_111_111);

    [GeneratedRegex(@"SQLite\D*3\.[0-9]+\.[0-9]+")]
    private static partial Regex SqliteVersion();
}
