using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Engines.Sqlite;

namespace PanelServer.Tests.Data;

/// <summary>The scripts and the EF model describe the same tables, and the schema keeps what must never be false.</summary>
public sealed class SchemaTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("schema-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_model_and_the_scripts_make_the_same_tables()
    {
        using var scripts = OpenNew("scripts.db");
        SchemaUpgrade.Run(scripts);
        using var model = OpenNew("model.db");
        using (var db = new PanelDb(new DbContextOptionsBuilder<PanelDb>().UseSqlite(model).Options))
        {
            db.Database.EnsureCreated();
        }

        Assert.Equal(ColumnsOf(scripts), ColumnsOf(model));
    }

    [Fact]
    public void An_upgrade_that_was_done_changes_nothing()
    {
        using var connection = OpenNew("twice.db");
        SchemaUpgrade.Run(connection);
        SchemaUpgrade.Run(connection);

        Assert.Equal(SchemaUpgrade.Newest, SchemaUpgrade.VersionOf(connection));
    }

    [Fact]
    public void A_database_of_a_newer_program_is_refused()
    {
        using var connection = OpenNew("newer.db");
        PanelDatabase.Execute(connection, $"PRAGMA user_version = {SchemaUpgrade.Newest + 1}");

        var error = Assert.Throws<PanelException>(() => SchemaUpgrade.Run(connection));

        Assert.Contains("newer program", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE transfers SET amount = 2", "a transfer is never changed")]
    [InlineData("DELETE FROM transfers", "a transfer is never removed")]
    [InlineData("UPDATE audit SET detail = 'x'", "an audit row is never changed")]
    [InlineData("DELETE FROM audit", "an audit row is never removed")]
    [InlineData("UPDATE order_moves SET actor = 0", "a move is never changed")]
    [InlineData("DELETE FROM order_moves", "a move is never removed")]
    [InlineData("INSERT INTO transfers VALUES (1, 1, 0, 1, -2, 5, 0)", "UNIQUE")]
    [InlineData("INSERT INTO transfers VALUES (2, 1, 0, 1, -2, 0, 0)", "CHECK")]
    [InlineData("INSERT INTO transfers VALUES (2, 1, 0, 1, 1, 5, 0)", "CHECK")]
    [InlineData("INSERT INTO transfers VALUES (2, 1, 0, 99, -2, 5, 0)", "FOREIGN KEY")]
    [InlineData("UPDATE accounts SET balance = -1 WHERE id = 1", "CHECK")]
    [InlineData("UPDATE accounts SET balance = 0.5 WHERE id = 1", "CHECK")]
    [InlineData("UPDATE accounts SET balance = '10' || 'x' WHERE id = 1", "CHECK")]
    [InlineData("UPDATE accounts SET balance = 5 WHERE id = -1", "CHECK")]
    [InlineData("UPDATE orders SET remains = 11", "CHECK")]
    [InlineData("UPDATE orders SET remains = -1", "CHECK")]
    [InlineData("UPDATE orders SET refunded = 10", "CHECK")]
    [InlineData("UPDATE orders SET status = 3", "CHECK")]
    [InlineData("UPDATE orders SET status = 5", "CHECK")]
    [InlineData("UPDATE orders SET status = 9", "CHECK")]
    [InlineData("UPDATE panel SET orders_indexed = 2", "CHECK")]
    [InlineData("UPDATE panel SET next_order_id = 1, orders_indexed = 1", "CHECK")]
    [InlineData("INSERT INTO panel (id, kind, currency, next_order_id, next_refill_id, created_at) SELECT 2, kind, currency, 1, 1, 0 FROM panel", "CHECK")]
    [InlineData("INSERT INTO sendings (kind, subject, order_id, provider_id, quantity, outcome, started_at) VALUES (1, 1, 1, 1, 10, 0, 0)", "UNIQUE")]
    [InlineData("INSERT INTO sendings (kind, subject, order_id, provider_id, quantity, outcome, started_at, ended_at) VALUES (1, 1, 1, 1, 10, 4, 0, 1)", "UNIQUE")]
    [InlineData("INSERT INTO sendings (kind, subject, order_id, provider_id, quantity, outcome, upstream_id, started_at, ended_at) VALUES (1, 1, 1, 1, 10, 1, 'x', 0, 1)", "UNIQUE")]
    [InlineData("INSERT INTO sendings (kind, subject, order_id, provider_id, quantity, outcome, upstream_id, started_at, ended_at) VALUES (2, 9, 1, 1, 10, 1, 'r1', 0, 1)", "UNIQUE")]
    [InlineData("UPDATE sendings SET outcome = 1 WHERE kind = 1", "CHECK")]
    [InlineData("UPDATE sendings SET upstream_id = 'x' WHERE kind = 1", "CHECK")]
    [InlineData("UPDATE sendings SET ended_at = NULL", "CHECK")]
    [InlineData("UPDATE sendings SET outcome = 7", "CHECK")]
    [InlineData("UPDATE sendings SET cost = -1", "CHECK")]
    [InlineData("UPDATE providers SET paused = 1", "CHECK")]
    [InlineData("INSERT INTO due (kind, subject, order_id, at) VALUES (7, 1, 1, 0)", "CHECK")]
    [InlineData("UPDATE sales_journal SET amount = 2", "a journal row is never changed")]
    [InlineData("DELETE FROM sales_journal", "a journal row is never removed")]
    [InlineData("INSERT INTO sales_journal (kind, order_id, amount, at) VALUES (1, 1, 5, 0)", "CHECK")]
    [InlineData("INSERT INTO sales_journal (kind, order_id, amount, at) VALUES (2, 1, 5, 0)", "CHECK")]
    public void The_schema_refuses_what_must_never_be(string change, string why)
    {
        using var connection = OpenNew("rules.db");
        SchemaUpgrade.Run(connection);
        PanelDatabase.Execute(
            connection,
            """
            INSERT INTO panel (id, kind, currency, next_order_id, next_refill_id, created_at) VALUES (1, 'live', 'USD', 2, 1, 0);
            INSERT INTO resellers VALUES (1, 'alice', 0, 0, 0);
            INSERT INTO accounts VALUES (-1, NULL, 0), (-2, NULL, 0), (1, 5, 0);
            INSERT INTO services VALUES (1, 1, 1, 1, 'c', 'n', '', 90000000, 1, 100, 0, NULL, 24, 1, 'Any', 0, NULL);
            INSERT INTO orders VALUES (1, 1, 1, 1, 0, 0, 0, 10, 10, 0, 90000000, 5, 0, 'l', NULL, NULL, NULL, NULL, 0, 0, NULL);
            INSERT INTO transfers VALUES (1, 1, 0, 1, -2, 5, 0);
            INSERT INTO audit (id, at, action, subject, detail) VALUES (1, 0, 'a', 's', 'd');
            INSERT INTO order_moves VALUES (1, 0, 0, 1, 0, 1, 10, NULL);
            INSERT INTO providers (id, name, url, secret, created_at) VALUES (1, 'p', 'u', 's', 0);
            INSERT INTO sendings (kind, subject, order_id, provider_id, quantity, outcome, started_at, ended_at) VALUES (1, 1, 1, 1, 10, 4, 0, 1);
            INSERT INTO sendings (kind, subject, order_id, provider_id, quantity, outcome, upstream_id, started_at, ended_at) VALUES (2, 1, 1, 1, 10, 1, 'r1', 0, 1);
            INSERT INTO sales_journal (kind, order_id, version, amount, at) VALUES (1, 1, 0, 5, 0);
            """);

        var error = Assert.Throws<StorageException>(() => PanelDatabase.Execute(connection, change));

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_commit_is_on_disk_and_readers_cannot_write()
    {
        var database = new PanelDatabase(Path.Combine(_folder, "pragmas.db"));
        using var writer = database.OpenWriter(maxPages: 0);
        using var reader = database.OpenReader();

        Assert.Equal("wal", ValueOf(writer, "PRAGMA journal_mode"));
        Assert.Equal("2", ValueOf(writer, "PRAGMA synchronous"));
        Assert.Equal("1", ValueOf(writer, "PRAGMA foreign_keys"));
        Assert.Equal("1", ValueOf(reader, "PRAGMA query_only"));
        Assert.Throws<StorageException>(() => PanelDatabase.Execute(reader, "CREATE TABLE t (a)"));
    }

    private SqliteConnection OpenNew(string name) => new PanelDatabase(Path.Combine(_folder, name)).OpenWriter(maxPages: 0);

    private static string ValueOf(SqliteConnection connection, string sql)
    {
        using var statement = new Statement(connection, sql);
        statement.Step();
        return statement.Text(0);
    }

    private static List<string> ColumnsOf(SqliteConnection connection)
    {
        using var columns = new Statement(
            connection,
            """
            SELECT m.name || '.' || c.name || ' ' || c.type || CASE c."notnull" WHEN 1 THEN ' NOT NULL' ELSE '' END || ' key ' || c.pk
            FROM sqlite_master m JOIN pragma_table_info(m.name) c
            WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'
            ORDER BY m.name, c.name
            """);
        var list = new List<string>();
        while (columns.Step())
        {
            list.Add(columns.Text(0));
        }

        return list;
    }
}
