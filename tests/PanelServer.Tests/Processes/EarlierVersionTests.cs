using PanelServer.Data.Engines.Sqlite;

namespace PanelServer.Tests.Processes;

/// <summary>A folder as an earlier version left it, with an order under way at a provider and one that waits, goes on.</summary>
[Trait("Category", "Process")]
public sealed class EarlierVersionTests
{
    /// <summary>The newest schema of that version.</summary>
    private const int Schema = 9;

    /// <summary>What it wrote: order 1 is the provider's 23501, order 2 waits because the provider is paused.</summary>
    private const string Written =
        """
        INSERT INTO panel VALUES (1, 'live', 'USD', 3, 1, NULL, 0, NULL, 0);
        INSERT INTO resellers VALUES (1, 'acme', 0, 0, 0);
        INSERT INTO accounts VALUES (-2, NULL, 0), (-1, NULL, 0), (1, 9960000, 0);
        INSERT INTO services VALUES (1, 1, 1, 1, 'c', 'n', '', 200000000, 50, 1000, 0, NULL, 24, 0, 'Any', 0, NULL);
        INSERT INTO orders VALUES
            (1, 1, 1, 1, 0, 1, 0, 100, 100, 0, 200000000, 20000, 0, 'https://example.com/1', NULL, NULL, NULL, NULL, 1000, 1000, NULL),
            (2, 1, 1, 1, 0, 0, 0, 100, 100, 0, 200000000, 20000, 0, 'https://example.com/2', NULL, NULL, NULL, NULL, 3000, 3000, NULL);
        INSERT INTO payments VALUES (1, 1, 3, 10000000, 'opening balance', NULL, 0, NULL);
        INSERT INTO audit VALUES (1, 0, 'reseller deposit', 'acme', 'payment 1: opening balance', 'root', 'cli', 10000000, 10000000);
        INSERT INTO transfers VALUES (1, 3, 0, -1, 1, 10000000, 0), (1, 1, 0, 1, -2, 20000, 1000), (2, 1, 0, 1, -2, 20000, 3000);
        INSERT INTO providers VALUES (1, 'up', 'http://127.0.0.1:9/api/v2', 'lost', 1, 'USD', 100000000, 8, 20, 1, 2000, 0, NULL, 10084292, 500, NULL, NULL, 500, 0, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL);
        INSERT INTO routes VALUES (1, 1, 1, '1', 1, 1, NULL, 10000, NULL, 90000000, 50, 10000, 'Followers', 'First Category', NULL, 500, 90000000, 500, 90000000, NULL, NULL);
        INSERT INTO due VALUES (1, 1, 1, 1, 60000, 0, 0), (7, 2, 2, 1, 33000, 0, 0);
        INSERT INTO sendings VALUES (1, 1, 1, 1, 1, '1', 100, 1, '23501', NULL, 1010, 1050, 9000, NULL, NULL, 19, NULL, 10084292, NULL, NULL, 0, NULL, NULL);
        """;

    [Fact]
    public async Task An_order_at_a_provider_is_polled_on_and_one_that_waits_is_sent()
    {
        using var there = new PanelFolder { Sandbox = true };
        await using var upstream = await there.ServeAsync();
        using var demo = upstream.Caller("sandbox-demo-key");
        (string, string)[] order = [("service", "1"), ("link", "https://example.com/1"), ("quantity", "100")];
        Assert.Equal(23501, (await demo.AskAsync("add", order)).Accepted());
        using var folder = new PanelFolder();
        Write(folder);

        await using var server = await folder.ServeAsync();
        await folder.DoAsync("provider", "edit", "up", "--url", $"{upstream.Address}api/v2", "--key", "sandbox-demo-key", "--internal");
        await folder.DoAsync("provider", "resume", "up");
        await UntilAsync(folder, "2", row => (string?)row["around"]!["sendings"]!.AsArray().FirstOrDefault()?["upstream_id"] == "23502");
        await PassAnHourAsync(upstream);
        await UntilAsync(folder, "1", row => (string?)row["status"] == "Completed");

        await folder.VerifyAsync();
        await there.VerifyAsync();
    }

    private static void Write(PanelFolder folder)
    {
        Directory.CreateDirectory(folder.Data);
        using var connection = new PanelDatabase(folder.Database).OpenWriter(maxPages: 0);
        SchemaUpgrade.RunTo(connection, Schema);
        PanelDatabase.Execute(connection, Written);
    }

    private static async Task PassAnHourAsync(PanelProcess upstream)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = upstream.Address };
        using var hour = new StringContent("""{"advance":"01:00:00"}""", System.Text.Encoding.UTF8, "application/json");
        (await http.PostAsync("/sandbox/clock", hour)).EnsureSuccessStatusCode();
    }

    private static Task UntilAsync(PanelFolder folder, string order, Func<System.Text.Json.Nodes.JsonNode, bool> isSo) => Patience.UntilAsync(
        $"order {order} as wanted",
        async () => isSo(await folder.JsonAsync("order", "show", order)),
        () => folder.DoAsync("provider", "poll", "up"));
}
