using PanelServer.Providers.Dispatch;
using PanelServer.Tests.Providers;

namespace PanelServer.Tests.Processes;

/// <summary>A panel that is ready to send to a sandbox which runs, to be copied by each test.</summary>
public sealed class SendingFixture : IAsyncLifetime
{
    private PanelProcess? _server;

    private PanelFolder Theirs { get; } = new() { Sandbox = true };

    private PanelFolder Ours { get; } = new();

    internal string Key { get; private set; } = "";

    internal PanelDatabase Upstream => new(Theirs.Database);

    public async Task InitializeAsync()
    {
        _server = await Theirs.ServeAsync();
        await using var server = await Ours.ServeAsync(PanelFixture.NoLimits);
        await Ours.DoAsync("service", "add", "--type", "Default", "--category", "c", "--name", "n", "--rate", "2", "--min", "50", "--max", "1000");
        await Ours.DoAsync(
            "provider", "add", "up", "--url", new Uri(_server.Address, "/api/v2").ToString(), "--key", EvilPanel.Key, "--internal",
            "--concurrency", "4", "--per-second", "1000");
        await Ours.DoAsync("route", "add", "1", "up", "1");
        Key = await Ours.ResellerAsync("acme", "1000");
        (await server.StopAsync()).Done();
    }

    public async Task DisposeAsync()
    {
        await Theirs.VerifyAsync();
        await _server!.DisposeAsync();
        Theirs.Dispose();
        Ours.Dispose();
    }

    internal PanelFolder Copy()
    {
        var folder = new PanelFolder();
        foreach (var file in Directory.EnumerateFiles(Ours.Data, "*", SearchOption.AllDirectories).Where(file => !file.Contains("panel.sock", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(folder.Data, Path.GetRelativePath(Ours.Data, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return folder;
    }
}

/// <summary>Killed at any moment of a sending, and again after the next start, a panel neither loses nor doubles an order.</summary>
[Trait("Category", "Process")]
public sealed class SendingCrashTests(SendingFixture ready) : IClassFixture<SendingFixture>
{
    private const int Orders = 20;

    // How often the provider holds the order that was being sent: what nobody knows after the next start. Null where the
    // kill leaves nothing of which it is not known.
    private static readonly Dictionary<CrashPoint, int?> Held = new()
    {
        [CrashPoint.BeforeClaim] = null,
        [CrashPoint.Claimed] = 0,
        [CrashPoint.Answered] = 1,
        [CrashPoint.Settled] = null,
    };

    public static TheoryData<string> Points => [.. Enum.GetNames<CrashPoint>()];

    [Theory]
    [MemberData(nameof(Points))]
    public async Task A_kill_at_any_moment_leaves_one_order_upstream_for_each_of_ours(string name)
    {
        var held = Held[Enum.Parse<CrashPoint>(name)];
        using var folder = ready.Copy();
        var ours = new PanelDatabase(folder.Database);
        var crash = ("PANEL_CRASH_AT", $"{name}:5");
        await using (var killed = await folder.ServeAsync([.. PanelFixture.NoLimits, crash]))
        {
            using var caller = killed.Caller(ready.Key);
            await Task.WhenAll(Enumerable.Range(0, Orders).Select(order => PlaceAsync(caller, $"https://sandbox.test/{name}?{order}")));
            await Patience.UntilAsync("the panel has killed itself", () => killed.HasExited);
        }

        await StartAgainAsync(folder, ours, crash);

        await using var server = await folder.ServeAsync(PanelFixture.NoLimits);
        await Patience.UntilAsync("what was sent has ended", () => IsQuiet(ours));
        var unknown = Books.Rows(ours, "SELECT o.id || ' ' || o.link FROM sendings s JOIN orders o ON o.id = s.subject WHERE s.outcome = 4")
            .Select(row => row.Split(' ')).ToList();
        Assert.True(held is null || unknown.Exists(one => Upstream(one[1]).Count == held), $"none of {unknown.Count} is held {held} times");
        foreach (var one in unknown)
        {
            Assert.InRange(Upstream(one[1]).Count, 0, 1);
            await (Upstream(one[1]) is [var id]
                ? folder.DoAsync("review", "link", one[0], id, "--note", "it is there")
                : folder.DoAsync("review", "resend", one[0], "--note", "it is not there"));
        }

        await Patience.UntilAsync("every order is accepted", () => Books.Rows(ours, "SELECT COUNT(*) FROM orders o WHERE NOT EXISTS (SELECT 1 FROM sendings s WHERE s.subject = o.id AND s.outcome = 1)").Single() == "0");
        var links = Books.Rows(ours, "SELECT o.link || ' ' || s.upstream_id FROM orders o JOIN sendings s ON s.subject = o.id AND s.outcome = 1");
        Assert.InRange(links.Count, 1, Orders);
        Assert.All(links, row => Assert.Equal(row.Split(' ')[1], Assert.Single(Upstream(row.Split(' ')[0]))));
        await folder.VerifyAsync();
    }

    [Fact]
    public async Task Killed_while_the_provider_holds_the_call_a_panel_does_not_send_it_again()
    {
        await using var evil = await EvilPanel.StartAsync();
        evil.Spoil("add", EvilFault.Named("carried out, then silence"), times: 3);
        using var folder = ready.Copy();
        var ours = new PanelDatabase(folder.Database);
        const string link = "https://sandbox.test/held";
        await using (var killed = await folder.ServeAsync(PanelFixture.NoLimits))
        {
            await folder.DoAsync("provider", "edit", "up", "--url", evil.Address.ToString());
            using var caller = killed.Caller(ready.Key);
            await PlaceAsync(caller, link);
            await Patience.UntilAsync("the order is upstream", () => evil.OrdersFor(link).Count == 1);
            await killed.KillAsync();
        }

        for (var start = 0; start < 2; start++)
        {
            await using var again = await folder.ServeAsync(PanelFixture.NoLimits);
            Assert.Equal("4 the panel stopped while it was being sent", Books.Rows(ours, "SELECT outcome, reason FROM sendings").Single());
            await again.KillAsync();
        }

        await using var server = await folder.ServeAsync(PanelFixture.NoLimits);
        await folder.DoAsync("provider", "poll", "up");
        Assert.Equal(1, evil.CallsOf("add"));
        Assert.Equal("0 0 200", Books.Rows(ours, "SELECT status, refunded, charge / 100 FROM orders").Single());
        await folder.DoAsync("review", "link", "1", evil.OrdersFor(link).Single(), "--note", "it is there");
        await evil.PlayAsync(evil.OrdersFor(link).Single(), """{"status":"Completed"}""");
        await folder.DoAsync("provider", "poll", "up");
        Assert.Equal("3", Books.Rows(ours, "SELECT status FROM orders").Single());
        Assert.Equal(1, evil.CallsOf("add"));
        await folder.VerifyAsync();
    }

    /// <summary>A start that is killed again, perhaps before it has said that it listens: what waits is sent at once.</summary>
    private static async Task StartAgainAsync(PanelFolder folder, PanelDatabase ours, (string Name, string Value) crash)
    {
        try
        {
            await using var again = await folder.ServeAsync([.. PanelFixture.NoLimits, crash]);
            await Patience.UntilAsync("what was sent has ended", () => again.HasExited || IsQuiet(ours));
        }
        catch (InvalidOperationException killed) when (killed.Message.Contains("exit 137", StringComparison.Ordinal))
        {
            // By the same crash point, and earlier than it could be heard.
        }
    }

    private IReadOnlyList<string> Upstream(string link) => Books.Rows(ready.Upstream, $"SELECT id FROM orders WHERE link = '{link}'");

    private static async Task PlaceAsync(PanelCaller caller, string link)
    {
        try
        {
            (await caller.AskAsync("add", ("service", "1"), ("link", link), ("quantity", "100"))).Accepted();
        }
        catch (HttpRequestException)
        {
            // The panel was killed before it could answer: the order is there, or it is not.
        }
    }

    /// <summary>Nothing is to be sent, and nothing is being sent.</summary>
    private static bool IsQuiet(PanelDatabase ours) =>
        Books.Rows(ours, "SELECT (SELECT COUNT(*) FROM due WHERE kind = 7) + (SELECT COUNT(*) FROM sendings WHERE outcome = 0)").Single() == "0";
}
