using PanelServer.Data.Engines.Sqlite;

namespace PanelServer.Tests.Processes;

/// <summary>A database with a page that was overwritten: every verb and the server say so, and none makes it worse.</summary>
[Trait("Category", "Process")]
public sealed class DamageTests(SoundFolder sound) : IClassFixture<SoundFolder>
{
    private const int PageBytes = 4096;

    [Theory]
    [InlineData("transfers")]
    [InlineData("orders")]
    [InlineData("order_moves")]
    [InlineData("accounts")]
    [InlineData("audit")]
    [InlineData("sqlite_master")]
    public async Task A_backup_of_it_ends_with_1_and_leaves_no_file(string table)
    {
        using var folder = Copy();
        Overwrite(folder, table);
        Directory.CreateDirectory(folder.File("backups"));
        var backup = await folder.RunAsync("backup", folder.File("backups/one.backup"));

        Assert.Equal(1, backup.ExitCode);
        Assert.Contains("damaged", backup.Errors, StringComparison.Ordinal);
        IsOneLine(backup.Errors);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.File("backups")));
    }

    [Fact]
    public async Task A_backup_of_wrong_books_ends_with_1_and_leaves_no_file()
    {
        using var folder = Copy();
        using (var connection = new PanelDatabase(folder.Database).OpenWriter(maxPages: 0))
        {
            PanelDatabase.Execute(connection, "UPDATE accounts SET balance = balance + 1 WHERE id = 1");
        }

        var backup = await folder.RunAsync("backup", folder.File("one.backup"));
        Assert.Equal(1, backup.ExitCode);
        Assert.Contains("its transfers sum to", backup.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder.Root, "*backup*"));
    }

    [Theory]
    [InlineData("transfers")]
    [InlineData("orders")]
    [InlineData("order_moves")]
    [InlineData("accounts")]
    [InlineData("sqlite_master")]
    public async Task Verify_finds_it(string table)
    {
        using var folder = Copy();
        Overwrite(folder, table);
        foreach (var verb in new string[][] { ["verify"], ["verify", "--json"] })
        {
            var proof = await folder.RunAsync(verb);
            Assert.Equal(1, proof.ExitCode);
            Assert.Contains("the file is damaged: ", proof.Output, StringComparison.Ordinal);
            Assert.Equal("", proof.Errors);
        }
    }

    [Theory]
    [InlineData("INSERT INTO order_moves (order_id, version, at, actor, from_status, to_status, remains) VALUES (1, 3000000000, 0, 77, 78, 79, 0)", "order 1: ")]
    [InlineData("INSERT INTO accounts (id, balance, floor) VALUES (3000000000, 5, 0)", "a stored value is none that can be")]
    public async Task Verify_finds_a_value_that_can_not_be(string sql, string finding)
    {
        using var folder = Copy();
        using (var connection = new PanelDatabase(folder.Database).OpenWriter(maxPages: 0))
        {
            PanelDatabase.Execute(connection, $"PRAGMA ignore_check_constraints = ON; {sql}");
        }

        var proof = await folder.RunAsync("verify");
        Assert.Equal(1, proof.ExitCode);
        Assert.Equal("", proof.Errors);
        Assert.Contains(finding, proof.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", proof.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("transfers")]
    [InlineData("orders")]
    public async Task A_server_says_it_once_and_refuses_what_it_can_not_do(string table)
    {
        using var folder = Copy();
        Overwrite(folder, table);
        await using var server = await folder.ServeAsync(PanelFixture.NoLimits);
        using var caller = server.Caller(sound.Key);
        for (var call = 0; call < 20; call++)
        {
            var answer = await caller.AskAsync("add", ("service", "101"), ("link", "https://example.com/1"), ("quantity", "309"));
            Assert.True(answer.IsUnavailable, answer.ToString());
        }

        var line = Assert.Single(server.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("damaged", line, StringComparison.Ordinal);
        Assert.Contains("panelserver check", line, StringComparison.Ordinal);
        Assert.Contains("panelserver restore", line, StringComparison.Ordinal);
    }

    /// <summary>A copy of the sound folder, for one test to damage.</summary>
    private PanelFolder Copy()
    {
        var folder = new PanelFolder();
        Directory.CreateDirectory(folder.Data);
        foreach (var file in Directory.EnumerateFiles(sound.Folder.Data))
        {
            File.Copy(file, Path.Combine(folder.Data, Path.GetFileName(file)));
        }

        return folder;
    }

    /// <summary>Fills the first page of a table with what no page begins with.</summary>
    private static void Overwrite(PanelFolder folder, string table)
    {
        var page = 1L;
        if (table != "sqlite_master")
        {
            using var connection = new PanelDatabase(folder.Database).OpenReader();
            using var root = new Statement(connection, $"SELECT rootpage FROM sqlite_master WHERE name = '{table}'");
            page = root.Number();
        }

        // Of the first page all but the head of the file, which names it a database.
        const int Head = 100;
        using var file = File.OpenWrite(folder.Database);
        file.Position = ((page - 1) * PageBytes) + (page == 1 ? Head : 0);
        var junk = new byte[PageBytes - Head];
        Array.Fill(junk, (byte)0xA5);
        file.Write(junk);
    }

    private static void IsOneLine(string text)
    {
        Assert.Single(text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }
}

/// <summary>A folder with a few orders in it, made once, whose server has ended.</summary>
public sealed class SoundFolder : IAsyncLifetime
{
    internal PanelFolder Folder { get; } = new();

    internal string Key { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await using var server = await Folder.ServeAsync(PanelFixture.NoLimits);
        await PanelFixture.ImportAsync(Folder);
        Key = await Folder.ResellerAsync("acme", "1000");
        using var caller = server.Caller(Key);
        for (var order = 0; order < 3; order++)
        {
            (await caller.AskAsync("add", ("service", "101"), ("link", $"https://example.com/{Units.Text(order)}"), ("quantity", "309"))).Accepted();
        }

        await Folder.DoAsync("order", "take", "1");
        (await server.StopAsync()).Done();
    }

    public Task DisposeAsync()
    {
        Folder.Dispose();
        return Task.CompletedTask;
    }
}
