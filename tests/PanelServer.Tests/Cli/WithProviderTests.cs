using System.Text.Json.Nodes;
using PanelServer.Tests.Providers;
using PanelServer.Tests.Providers.Dispatch;
using PanelServer.Texts;

namespace PanelServer.Tests.Cli;

/// <summary>What an operator sees and changes of orders that a provider has in hand.</summary>
public sealed class WithProviderTests : IAsyncLifetime
{
    private EvilPanel? _evil;
    private ForwardingPanel? _ours;

    private ForwardingPanel Ours => _ours!;

    private TestPanel Panel => Ours.Panel;

    public async Task InitializeAsync()
    {
        (_evil, _ours) = (await EvilPanel.StartAsync(), await ForwardingPanel.StartAsync(seconds: 5));
        await Ours.AddServiceAsync();
        await Ours.AddProviderAsync("evil", _evil!);
    }

    public async Task DisposeAsync()
    {
        await Ours.DisposeAsync();
        await _evil!.DisposeAsync();
    }

    [Fact]
    public async Task Many_at_once_leave_out_what_a_provider_has_unless_told()
    {
        var (theirs, free) = (await SentAsync(), await Ours.OrderAsync(Ours.NewLink(), service: 2));

        foreach (var preview in (string[][])[["--preview"], []])
        {
            // By ids: skipped with a reason. Chosen: left out, and told.
            var (exit, output, error) = await Panel.TryVerbAsync(["order", "take", $"{theirs}", $"{free}", .. preview]);
            Assert.Equal(1, exit);
            Assert.Contains($"{(preview.Length > 0 ? "would move" : "moved")} 1", output, StringComparison.Ordinal);
            Assert.Contains($"provider evil has order {theirs} in hand as {Ours.UpstreamId(theirs)}", error, StringComparison.Ordinal);
            Assert.Contains("--with-provider", error, StringComparison.Ordinal);
        }

        var (left, chosen, told) = await Panel.TryVerbAsync("order", "cancel", "--reseller", "shop", "--preview");
        Assert.Equal(0, left);
        Assert.Contains("would move 1,", chosen, StringComparison.Ordinal);
        Assert.Contains("left out 1 that a provider has in hand", told, StringComparison.Ordinal);

        var all = await Panel.VerbAsync("order", "cancel", "--reseller", "shop", "--with-provider", "--preview");
        Assert.Contains("would move 2,", all, StringComparison.Ordinal);
        Assert.Contains("ID THERE", all, StringComparison.Ordinal);
        Assert.Contains($"evil      {Ours.UpstreamId(theirs)}", all, StringComparison.Ordinal);
        Assert.Equal("Pending", Ours.Stands(theirs).Status);

        // A single order that is named needs no confirmation.
        await Panel.VerbAsync("order", "cancel", $"{theirs}");
        Assert.Equal("Canceled", Ours.Stands(theirs).Status);
    }

    [Fact]
    public async Task Lists_and_previews_show_provider_id_and_cost()
    {
        var (theirs, free) = (await SentAsync(), await Ours.OrderAsync(Ours.NewLink(), service: 2));
        var rows = JsonNode.Parse(await Panel.VerbAsync("order", "list", "--json"))!.AsArray();
        var (one, other) = (rows.Single(row => (int)row!["id"]! == theirs)!, rows.Single(row => (int)row!["id"]! == free)!);
        Assert.Equal(("evil", Ours.UpstreamId(theirs), ForwardingPanel.Cost), ((string?)one["provider"], (string?)one["upstream_id"], (string?)one["cost"]));
        Assert.Null((string?)other["provider"]);

        var table = await Panel.VerbAsync("order", "list");
        Assert.Contains("PROVIDER", table, StringComparison.Ordinal);
        Assert.Contains(Ours.UpstreamId(theirs), table, StringComparison.Ordinal);

        var preview = JsonNode.Parse(await Panel.VerbAsync("order", "complete", $"{theirs}", "--preview", "--json"))!["each"]![0]!;
        Assert.Equal(("evil", Ours.UpstreamId(theirs), ForwardingPanel.Cost), ((string?)preview["provider"], (string?)preview["upstream_id"], (string?)preview["cost"]));
    }

    [Fact]
    public async Task A_ring_of_keys_that_is_gone_is_said_in_the_same_words_wherever_it_matters()
    {
        await Panel.VerbAsync("provider", "pause", "evil");
        var said = CommandLineTexts.Of(PanelServer.Providers.ProviderDirectory.KeyLost("evil"));
        Directory.Move(Path.Combine(Panel.Folder, "keys"), Path.Combine(Panel.Folder, "elsewhere"));

        Assert.Contains(said, await Panel.VerbAsync("provider", "list"), StringComparison.Ordinal);
        Assert.Contains("\"state\":\"key lost\"", await Panel.VerbAsync("provider", "list", "--json"), StringComparison.Ordinal);
        Assert.Contains(said, await Panel.VerbAsync("provider", "show", "evil"), StringComparison.Ordinal);
        Assert.Contains(said, await Panel.VerbAsync("alert", "list"), StringComparison.Ordinal);
        var (checkedAs, check, _) = await Panel.TryVerbAsync("check");
        Assert.Equal(1, checkedAs);
        Assert.Contains(said, check, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Panel.Folder, "keys")), "looking has made a ring");
        Directory.Move(Path.Combine(Panel.Folder, "elsewhere"), Path.Combine(Panel.Folder, "keys"));
        Assert.Equal("no open alerts", await Panel.VerbAsync("alert", "list"));
    }

    [Theory]
    [InlineData("one drop is no rate", new[] { 0L, 600, 1200 }, new[] { 100L, 100, 50 }, false)]
    [InlineData("two are none", new[] { 0L, 3600, 7200 }, new[] { 100L, 90, 80 }, false)]
    [InlineData("some minutes are too short", new[] { 0L, 60, 120, 180 }, new[] { 100L, 90, 80, 70 }, false)]
    [InlineData("three within hours are one", new[] { 0L, 3600, 7200, 10800 }, new[] { 100L, 90, 80, 70 }, true)]
    [InlineData("nothing spent is known, too", new[] { 0L, 3600, 7200 }, new[] { 100L, 100, 100 }, true)]
    public async Task A_burn_rate_is_told_when_it_is_one(string what, long[] seconds, long[] balances, bool isKnown)
    {
        var start = TimeProvider.System.GetUtcNow().AddHours(-4).ToUnixTimeMilliseconds();
        Panel.Tamper("DELETE FROM provider_balances");
        foreach (var (at, balance) in seconds.Zip(balances))
        {
            Panel.Tamper($"INSERT INTO provider_balances VALUES (1, {start + (at * 1000)}, {balance * 100_000})");
        }

        var shown = JsonNode.Parse(await Panel.VerbAsync("provider", "show", "evil", "--json"))!;
        Assert.True(isKnown == (shown["burn_per_day"] is not null), what);
    }

    [Fact]
    public async Task A_key_stands_alone_on_standard_output()
    {
        var (exit, output, error) = await Panel.TryVerbAsync("key", "issue", "shop");
        Assert.Equal(0, exit);
        Assert.Matches("^pk_live_[a-z0-9]+$", output);
        Assert.Contains("only now", error, StringComparison.Ordinal);
        Assert.Contains("\"balance\"", await Panel.CallAsync(output, ("action", "balance")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[{\"service\":1,\n \"name\" \"x\"}]", "line 2, column 9")]
    [InlineData("[\n\n  {]", "line 3, column 4")]
    [InlineData("", "line 1, column 1")]
    public async Task Broken_json_is_named_by_line_and_column(string text, string place)
    {
        var file = Path.Combine(Panel.Folder, "list.json");
        await File.WriteAllTextAsync(file, text);
        var (exit, _, error) = await Panel.TryVerbAsync("service", "import", file);
        Assert.Equal(1, exit);
        Assert.Contains(file, error, StringComparison.Ordinal);
        Assert.Contains(place, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_on_this_machine_is_refused_with_the_way_out()
    {
        var (exit, _, error) = await Panel.TryVerbAsync("provider", "add", "near", "--url", "http://127.0.0.1:9/api/v2", "--key", "k");
        Assert.Equal(1, exit);
        Assert.Contains("127.0.0.1", error, StringComparison.Ordinal);
        Assert.Contains("--internal", error, StringComparison.Ordinal);
    }

    private async Task<int> SentAsync()
    {
        var order = await Ours.OrderAsync(Ours.NewLink());
        await Ours.PollUntilAsync("it is accepted", () => Ours.UpstreamId(order).Length > 0);
        return order;
    }
}
