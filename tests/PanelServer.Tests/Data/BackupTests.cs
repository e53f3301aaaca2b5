using PanelServer.Data;
using PanelServer.Data.Engines.Sqlite;

namespace PanelServer.Tests.Data;

/// <summary>What is restored is the backup, whatever was there before.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("backup-test-").FullName;
    private readonly PanelDatabase _database;
    private readonly string _backup;

    public BackupTests()
    {
        _database = new(Path.Combine(_folder, "panel.db"));
        _backup = Path.Combine(_folder, "backup");
        Write("saved");
        Backup.Write(_database, _backup);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_replaces_what_came_later()
    {
        Write("later");
        Backup.Restore(_backup, _database, now: 0);

        Assert.Equal(["saved"], Names());
    }

    [Fact]
    public void A_log_that_a_killed_server_left_is_not_replayed_over_it()
    {
        using var held = _database.OpenWriter(maxPages: 0);
        PanelDatabase.Execute(held, "INSERT INTO resellers (name, created_at) VALUES ('later', 0)");
        File.Copy(_database.Path + "-wal", _database.Path + "-left");
        held.Dispose();
        File.Delete(_database.Path);
        File.Move(_database.Path + "-left", _database.Path + "-wal", overwrite: true);

        Backup.Restore(_backup, _database, now: 0);

        Assert.Equal(["saved"], Names());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    public void It_replaces_a_damaged_database(int at)
    {
        using (var file = File.OpenWrite(_database.Path))
        {
            file.Position = at;
            file.Write(new byte[2048]);
        }

        Backup.Restore(_backup, _database, now: 0);

        Assert.Equal(["saved"], Names());
    }

    [Fact]
    public void A_file_that_is_no_backup_is_refused_and_nothing_is_touched()
    {
        var text = Path.Combine(_folder, "text");
        File.WriteAllText(text, "not a database, but long enough to look at: " + new string('x', 4096));

        Assert.Throws<PanelException>(() => Backup.Inspect(text));
        Assert.Equal(["saved"], Names());
    }

    public static TheoryData<int> Schemas => [.. Enumerable.Range(1, PanelDatabase.NewestSchema)];

    [Theory]
    [MemberData(nameof(Schemas))]
    public void A_backup_of_every_schema_is_known_for_what_it_is(int schema)
    {
        var old = new PanelDatabase(Path.Combine(_folder, "old.db"));
        using (var connection = old.OpenWriter(maxPages: 0))
        {
            SchemaUpgrade.RunTo(connection, schema);
            PanelDatabase.Execute(
                connection,
                "INSERT INTO panel (id, kind, currency, next_order_id, next_refill_id, clock, created_at) VALUES (1, 'sandbox', 'EUR', 1, 1, 5, 0)");
        }

        Assert.Equal(new PanelIdentity(IsSandbox: true, "EUR", Clock: 5, Seed: null), Backup.Inspect(old.Path));
    }

    private void Write(string reseller)
    {
        using var connection = _database.OpenWriter(maxPages: 0);
        SchemaUpgrade.Run(connection);
        PanelDatabase.Execute(connection, $"INSERT INTO resellers (name, created_at) VALUES ('{reseller}', 0)");
    }

    private List<string> Names()
    {
        using var connection = _database.OpenReader();
        using var names = new Statement(connection, "SELECT name FROM resellers ORDER BY id");
        var list = new List<string>();
        while (names.Step())
        {
            list.Add(names.Text(0));
        }

        return list;
    }
}
