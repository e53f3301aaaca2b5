using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using PanelServer.Data;
using PanelServer.Domain.Providers;
using PanelServer.Orders;
using PanelServer.Providers;

namespace PanelServer.Tests.Data;

/// <summary>What the log tells of what was written, and of what could not be: one line for each thing, once it is so.</summary>
public sealed class ToldTests : IAsyncLifetime, IDisposable
{
    private const int FullCode = 13;
    private const int CorruptCode = 11;

    private readonly string _folder = Directory.CreateTempSubdirectory("told-test-").FullName;
    private readonly Lines _log = new();
    private readonly PanelDatabase _database;
    private readonly WriteQueue _writes;

    public ToldTests()
    {
        _database = new(Path.Combine(_folder, "panel.db"));
        _writes = new(() => UnitOfWork.Open(_database, maxPages: 0), _log);
    }

    public Task InitializeAsync() => _writes.RunAsync(ActorContext.System, unit =>
    {
        unit.Db.Providers.Add(new() { Name = "acme", Url = "https://acme.test/api/v2", Secret = "x", Currency = "USD", CreatedAt = 0 });
        return true;
    });

    public async Task DisposeAsync() => await _writes.DisposeAsync();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_alert_of_any_kind_is_one_line_when_it_opens()
    {
        foreach (var kind in Enum.GetValues<AlertKind>())
        {
            for (var time = 0; time < 2; time++)
            {
                await _writes.RunAsync(ActorContext.System, unit => Raise(unit, kind));
            }

            var line = Assert.Single(_log.Take());
            Assert.Contains($"acme: alert {kind}", line, StringComparison.Ordinal);
            Assert.Contains("its words", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_order_to_be_looked_at_is_one_line()
    {
        await _writes.RunAsync(ActorContext.System, unit =>
        {
            // There is no such order, and in the end no review of it.
            unit.Db.Database.ExecuteSqlRaw("PRAGMA defer_foreign_keys = ON");
            ManualReviews.Open(unit, 17, ReviewKind.Sending, new("as_found", "provider acme may have it"), 0);
            ManualReviews.Open(unit, 17, ReviewKind.Sending, new("as_found", "provider acme may still have it"), 1);
            unit.Db.Reviews.ExecuteDelete();
            return true;
        });
        Assert.Contains("rder 17", Assert.Single(_log.Take()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_written_is_not_told()
    {
        await _writes.PreviewAsync(ActorContext.System, unit => Raise(unit, AlertKind.Circuit));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _writes.RunAsync<bool>(ActorContext.System, unit =>
        {
            Raise(unit, AlertKind.Circuit);
            throw new InvalidOperationException("a bug");
        }));
        await _writes.RunAsync(ActorContext.System, unit => unit.Touch());
        Assert.Empty(_log.Take());
    }

    [Fact]
    public async Task A_batch_that_the_engine_refuses_is_one_line_without_a_stack()
    {
        await Assert.ThrowsAsync<WritesUnavailableException>(() => _writes.RunAsync<bool>(ActorContext.System, _ => throw new SqliteException("the disk is full", FullCode)));
        var line = Assert.Single(_log.Take());
        Assert.Contains("the disk is full", line, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damage_is_told_once_and_rested_after()
    {
        var runs = 0;
        for (var time = 0; time < 5; time++)
        {
            await Assert.ThrowsAsync<WritesUnavailableException>(() => _writes.RunAsync<bool>(ActorContext.System, _ =>
            {
                runs++;
                throw new SqliteException("malformed", CorruptCode);
            }));
        }

        Assert.Equal(1, runs);
        Assert.True(_writes.Damage.IsResting);
        var line = Assert.Single(_log.Take());
        Assert.Contains("panelserver check", line, StringComparison.Ordinal);
        Assert.Contains("panelserver restore", line, StringComparison.Ordinal);
    }

    private static bool Raise(UnitOfWork unit, AlertKind kind)
    {
        Alerts.Raise(unit, 1, kind, "", new("as_found", "its words"), 0);
        return true;
    }

    private sealed class Lines : ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public List<string> Take()
        {
            var lines = _lines.ToList();
            _lines.Clear();
            return lines;
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        // As it would be written: with the stack of what was thrown, where that is given.
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue(formatter(state, exception) + (exception is null ? "" : $"\n{exception}"));
    }
}
