using Microsoft.Extensions.Logging.Abstractions;
using PanelServer.Data;
using PanelServer.Data.Entities;

namespace PanelServer.Tests.Data;

/// <summary>A database with its write queue and its readers, and nothing of a panel but its row, whose clock stands at 0.</summary>
internal sealed class OpenDatabase : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("database-test-").FullName;

    private OpenDatabase()
    {
        Database = new(Path.Combine(_folder, "panel.db"));
        Readers = new(Database);
        Writes = new(() => UnitOfWork.Open(Database, maxPages: 0), NullLogger.Instance, Readers);
    }

    public PanelDatabase Database { get; }

    public ReaderPool Readers { get; }

    public WriteQueue Writes { get; }

    public static async Task<OpenDatabase> CreateAsync()
    {
        var open = new OpenDatabase();
        await open.Writes.RunAsync(ActorContext.System, unit =>
        {
            unit.Db.Panel.Add(new PanelRow { Kind = "live", Currency = "USD", Clock = 0, NextOrderId = 1, NextRefillId = 1, CreatedAt = 0 });
            return 0;
        });
        return open;
    }

    public async ValueTask DisposeAsync()
    {
        Readers.Dispose();
        await Writes.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
