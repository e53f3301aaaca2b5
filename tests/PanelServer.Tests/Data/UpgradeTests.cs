using Microsoft.Data.Sqlite;
using PanelServer.Data;
using PanelServer.Data.Engines.Sqlite;
using PanelServer.Domain.Orders;
using PanelServer.Ledger;
using PanelServer.Reports;

namespace PanelServer.Tests.Data;

/// <summary>A panel that an earlier version made, with orders under way, goes on in this one.</summary>
public sealed class UpgradeTests : IDisposable
{
    private const int Reseller = 1;

    /// <summary>A panel of schema 1: an order that was paid back in part, a drip-feed and a subscription.</summary>
    private const string FirstPanel =
        """
        INSERT INTO panel VALUES (1, 'live', 'USD', 4, 1, NULL, 0);
        INSERT INTO resellers VALUES (1, 'alice', 0, 0, 0);
        INSERT INTO accounts VALUES (-1, NULL, 0), (-2, NULL, 0), (1, 967600, 0);
        INSERT INTO services VALUES (1, 1, 1, 1, 'c', 'n', '', 90000000, 1, 10000, 1, NULL, 24, 1, 'Any', 0);
        INSERT INTO services VALUES (2, 2, 1, 16, 'c', 's', '', 90000000, 1, 10000, 0, NULL, 24, 1, 'Any', 0);
        INSERT INTO payments VALUES (1, 1, 3, 1000000, 'opening', NULL, 0);
        INSERT INTO transfers VALUES (1, 3, 0, -1, 1, 1000000, 0);
        INSERT INTO orders VALUES (1, 1, 1, 1, 4, 1, 1, 100, 40, 0, 90000000, 9000, 3600, 'l', NULL, NULL, NULL, NULL, 1000, 1000, NULL);
        INSERT INTO order_moves VALUES (1, 0, 1000, 1, 0, 4, 40, NULL);
        INSERT INTO transfers VALUES (1, 1, 0, 1, -2, 9000, 1000), (1, 2, 0, -2, 1, 3600, 1000);
        INSERT INTO orders VALUES (2, 1, 1, 1, 0, 0, 0, 300, 300, 0, 90000000, 27000, 0, 'l', NULL, 3, 60, NULL, 1000, 1000, NULL);
        INSERT INTO transfers VALUES (2, 1, 0, 1, -2, 27000, 1000);
        INSERT INTO orders VALUES (3, 1, 2, 16, 6, 0, 0, 0, 0, 0, 90000000, 0, 0, NULL, NULL, NULL, NULL, NULL, 1000, 1000, NULL);
        INSERT INTO subscriptions VALUES (3, 20, 50, 0, NULL, 0, 2000, 0);
        PRAGMA user_version = 1;
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("upgrade-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task What_was_under_way_goes_on(int schema)
    {
        var folder = PanelFolder.Of(_folder, isSandbox: false);
        Earlier(folder, schema).Dispose();

        await using var panel = await Panel.OpenAsync(folder);
        Assert.Empty(new Verify(panel.Database).Run());
        Assert.Equal(2, await panel.Jobs.RunOnceAsync());

        Assert.Equal((OrderStatus.InProgress, 1), (StatusOf(panel, 2), panel.ReadOrders.One(Reseller, 2)!.Children.Count));
        Assert.Equal(OrderStatus.Expired, StatusOf(panel, 3));
        await using (var db = panel.Database.OpenReadingDb())
        {
            Assert.Equal([4, 3, 2, 1], db.OrdersOf(Reseller).OrderByDescending(row => row.Id).Select(row => row.Id).ToList());
        }

        Assert.Equal("0.05400", panel.ReadOrders.One(Reseller, 1)!.Kept.ToString());
        Assert.Empty(new Verify(panel.Database).Run());
        using var tampered = panel.Database.OpenWriter(maxPages: 0);
        Assert.Throws<StorageException>(() => PanelDatabase.Execute(tampered, "DELETE FROM transfers"));
    }

    [Fact]
    public async Task Running_links_are_known_by_what_tells_them_apart()
    {
        var folder = PanelFolder.Of(_folder, isSandbox: false);
        using (var connection = Earlier(folder, 1))
        {
            PanelDatabase.Execute(
                connection,
                """
                INSERT INTO running_links VALUES (1, 1, 'https://www.example.com/p/1/?igsh=x', 2);
                INSERT INTO running_links VALUES (1, 1, 'http://example.com/p/1', 3);
                """);
        }

        await using var panel = await Panel.OpenAsync(folder);
        Assert.Equal(
            ["2 example.com/p/1", "3 example.com/p/1"],
            Books.Rows(panel.Database, "SELECT order_id, link FROM running_links ORDER BY order_id"));
    }

    /// <summary>Sendings are copied whole, and open reviews get the kind that their words tell.</summary>
    [Fact]
    public async Task What_was_sent_and_reviewed_before_kinds_were_kept_stays_and_can_be_chosen()
    {
        const int Before = 4;
        var folder = PanelFolder.Of(_folder, isSandbox: false);
        using (var connection = Earlier(folder, Before))
        {
            PanelDatabase.Execute(
                connection,
                """
                INSERT INTO providers (id, name, url, secret, created_at) VALUES (1, 'acme', 'https://panel.example/api/v2', 's', 0);
                INSERT INTO sendings (id, kind, subject, order_id, provider_id, upstream_service, quantity, outcome, upstream_id, started_at, ended_at, cost, sent, answer)
                    VALUES (7, 1, 1, 1, 1, '2041', 100, 1, '77', 1000, 2000, 9000, NULL, NULL), (8, 2, 1, 1, 1, NULL, 100, 4, NULL, 3000, 4000, NULL, 'sent', 'what?');
                INSERT INTO reviews (order_id, said, opened_at) VALUES
                    (1, 'provider acme: it says of 77: Incorrect order ID', 1),
                    (2, 'provider acme may have it: no complete answer within 60 s', 2),
                    (3, 'somebody asks', 3);
                """);
        }

        await using var panel = await Panel.OpenAsync(folder);
        Assert.Equal(
            ["7 1 1 77 9000   0", "8 2 4   sent what? 0"],
            Books.Rows(folder.Database, "SELECT id, kind, outcome, upstream_id, cost, sent, answer, unheard FROM sendings ORDER BY id"));
        Assert.Equal(["1 5", "2 1", "3 0"], Books.Rows(folder.Database, "SELECT order_id, kind FROM reviews ORDER BY order_id"));
        Assert.Equal(
            ["sendings_alone", "sendings_by_subject", "sendings_by_upstream", "sendings_under_way"],
            Books.Rows(folder.Database, "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'sendings' AND sql IS NOT NULL ORDER BY name"));
    }

    /// <summary>What was sold, paid back and delivered before there was a sales journal is in reports, and in the table of days.</summary>
    [Fact]
    public async Task What_was_earned_before_is_reported()
    {
        const int Before = 11;
        var folder = PanelFolder.Of(_folder, isSandbox: false);
        using (var connection = Earlier(folder, Before))
        {
            PanelDatabase.Execute(
                connection,
                """
                INSERT INTO providers (id, name, url, secret, created_at) VALUES (1, 'acme', 'https://panel.example/api/v2', 's', 0);
                INSERT INTO sendings (id, kind, subject, order_id, provider_id, upstream_service, quantity, outcome, upstream_id, started_at, ended_at, cost)
                    VALUES (1, 1, 1, 1, 1, '2041', 100, 1, '77', 1000, 86400000, 5000);
                """);
        }

        await using var panel = await Panel.OpenAsync(folder);
        string[] earned = ["- DayFigures { Orders = 1, Sales = 27000, Cost = 0, Refunds = 0, Margin = 27000 }", "acme DayFigures { Orders = 1, Sales = 9000, Cost = 5000, Refunds = 3600, Margin = 400 }"];
        Assert.Equal(earned, Earned());
        Assert.Empty(new Verify(panel.Database).Run());
        Assert.Equal(3, await panel.Get<FillDailyTotals>().RebuildAsync(new Progress<double>()));
        Assert.Equal(earned, Earned());

        IEnumerable<string> Earned()
        {
            using var db = panel.Database.OpenReadingDb();
            return SalesReport.Read(db, TimeZoneInfo.Utc, ReportDimension.Provider, new(1970, 1, 1), new(1970, 1, 2)).Rows
                .Select(row => $"{row.Name} {row.Figures}").ToList();
        }
    }

    /// <summary>The kind of a route's lock was told by the beginning of its text.</summary>
    [Fact]
    public async Task Locks_of_routes_get_the_kind_that_their_text_begins_with()
    {
        const int Before = 9;
        string[] locks = ["below cost: it costs 2 and is sold for 1", "removed: it is not in the provider's catalogue", "changed: x", "refused: Incorrect service ID", "by hand", "removed", "Below cost: no"];
        var folder = PanelFolder.Of(_folder, isSandbox: false);
        using (var connection = Earlier(folder, Before))
        {
            PanelDatabase.Execute(connection, "INSERT INTO providers (id, name, url, secret, created_at) VALUES (1, 'acme', 'https://panel.example/api/v2', 's', 0)");
            foreach (var text in locks.Append(null))
            {
                var value = text is null ? "NULL" : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
                PanelDatabase.Execute(connection, $"INSERT INTO routes (service_id, provider_id, upstream_service, locked, created_at) VALUES (1, 1, (SELECT COUNT(*) FROM routes), {value}, 0)");
            }
        }

        await using var panel = await Panel.OpenAsync(folder);
        Assert.Equal(
            locks.Zip([1, 2, 3, 4, 5, 5, 5], (text, kind) => $"{kind} {text}").Append(" "),
            Books.Rows(panel.Database, "SELECT lock_kind, locked FROM routes ORDER BY id"));
    }

    /// <summary>The first panel, upgraded to a schema that is not the newest.</summary>
    private static SqliteConnection Earlier(PanelFolder folder, int schema)
    {
        var connection = folder.Database.OpenWriter(maxPages: 0);
        PanelDatabase.Execute(connection, SchemaUpgrade.Scripts[0].Sql);
        PanelDatabase.Execute(connection, FirstPanel);
        SchemaUpgrade.RunTo(connection, schema);
        return connection;
    }

    private static OrderStatus StatusOf(Panel panel, int order) => panel.ReadOrders.One(Reseller, order)!.Status;
}
