using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;

namespace PanelServer.Tests.Data;

/// <summary>What the engine says is wrong is told in terms that every engine has.</summary>
public sealed class StorageExceptionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("storage-error-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(5, nameof(StorageFault.Conflict))]
    [InlineData(6, nameof(StorageFault.Conflict))]
    [InlineData(10, nameof(StorageFault.Unavailable))]
    [InlineData(11, nameof(StorageFault.Damaged))]
    [InlineData(13, nameof(StorageFault.Unavailable))]
    [InlineData(14, nameof(StorageFault.NotOpened))]
    [InlineData(19, nameof(StorageFault.Constraint))]
    [InlineData(26, nameof(StorageFault.Damaged))]
    public void A_code_of_the_engine_is_a_fault_wherever_it_is_found(int code, string fault)
    {
        var raw = new SqliteException("as it says", code);

        foreach (var error in new Exception[] { raw, new DbUpdateException("EF", raw), new AggregateException(raw) })
        {
            var translated = StorageException.In(error)!;
            Assert.Equal((fault, "as it says"), (translated.Fault.ToString(), translated.Message));
            Assert.Same(raw, translated.InnerException);
        }
    }

    [Fact]
    public void An_error_that_is_not_the_engine_s_is_none() =>
        Assert.Null(StorageException.In(new InvalidOperationException("a bug", new IOException())));

    [Fact]
    public void What_cannot_be_opened_or_is_no_database_says_so()
    {
        var none = new PanelDatabase(Path.Combine(_folder, "none", "panel.db"));
        var other = new PanelDatabase(Path.Combine(_folder, "other.db"));
        File.WriteAllText(other.Path, new string('x', 4096));

        Assert.Equal(StorageFault.NotOpened, Assert.Throws<StorageException>(none.OpenReader).Fault);
        Assert.Equal(StorageFault.NotOpened, Assert.Throws<StorageException>(none.OpenUnshared).Fault);
        Assert.Equal(StorageFault.Damaged, Assert.Throws<StorageException>(other.OpenReader).Fault);
        Assert.Equal(StorageFault.Damaged, Assert.Throws<StorageException>(() => other.OpenWriter(maxPages: 0)).Fault);
    }
}
