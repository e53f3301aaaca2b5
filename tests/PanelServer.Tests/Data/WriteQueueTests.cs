using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using PanelServer.Data;
using PanelServer.Data.Entities;

namespace PanelServer.Tests.Data;

/// <summary>A unit is committed whole or not at all, harms no other, and is answered after the commit.</summary>
public sealed class WriteQueueTests : IAsyncLifetime, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("queue-test-").FullName;
    private readonly PanelDatabase _database;
    private readonly ManualResetEventSlim _gate = new();
#pragma warning disable CA2213 // Ended in DisposeAsync, which comes first.
    private WriteQueue? _writes;
#pragma warning restore CA2213

    public WriteQueueTests() => _database = new(Path.Combine(_folder, "panel.db"));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_writes is not null)
        {
            await _writes.DisposeAsync();
        }
    }

    public void Dispose()
    {
        _gate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_unit_that_throws_takes_only_itself_back()
    {
        var writes = Open();
        var before = await BatchOfAsync(writes, Note("one"));
        var bad = writes.RunAsync<int>(ActorContext.System, unit =>
        {
            Note("half")(unit);
            unit.Save();
            throw new InvalidOperationException("a bug");
        });
        var after = writes.RunAsync(ActorContext.System, Note("two"));
        _gate.Set();

        await before;
        await after;
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        Assert.Equal(["one", "two"], Notes());
    }

    [Fact]
    public async Task A_broken_constraint_takes_only_its_unit_back()
    {
        var writes = Open();
        var first = await BatchOfAsync(writes, unit => AddReseller(unit, "alice"));
        var second = writes.RunAsync(ActorContext.System, unit =>
        {
            Note("half")(unit);
            return AddReseller(unit, "alice");
        });
        var third = writes.RunAsync(ActorContext.System, unit => AddReseller(unit, "bob"));
        _gate.Set();

        await first;
        await third;
        Assert.Equal(StorageFault.Constraint, (await Assert.ThrowsAsync<StorageException>(() => second)).Fault);
        Assert.Empty(Notes());
    }

    [Fact]
    public async Task An_engine_error_fails_the_whole_batch_and_the_next_batch_is_served()
    {
        var writes = Open();
        var first = await BatchOfAsync(writes, Note("one"));
        var broken = writes.RunAsync<int>(ActorContext.System, _ => throw new SqliteException("disk I/O error", 10));
        var third = writes.RunAsync(ActorContext.System, Note("three"));
        _gate.Set();

        await Assert.ThrowsAsync<WritesUnavailableException>(() => first);
        await Assert.ThrowsAsync<WritesUnavailableException>(() => broken);
        await Assert.ThrowsAsync<WritesUnavailableException>(() => third);
        Assert.Empty(Notes());
        await writes.RunAsync(ActorContext.System, Note("four"));
        Assert.Equal(["four"], Notes());
    }

    [Fact]
    public async Task A_full_disk_fails_the_batch_and_writes_nothing_of_it()
    {
        var writes = Open(maxPages: 80);
        var long_ = new string('x', 900);
        var answered = 0;
        for (var fill = 0; fill < 1_000; fill++)
        {
            try
            {
                await writes.RunAsync(ActorContext.System, Note(long_));
                answered++;
            }
            catch (WritesUnavailableException)
            {
                break;
            }
        }

        Assert.InRange(answered, 1, 999);
        Assert.Equal(answered, Notes().Count);
    }

    [Fact]
    public async Task A_full_queue_answers_at_once()
    {
        var writes = Open();
        var running = await BatchOfAsync(writes, Note("one"));
        var waiting = Enumerable.Range(0, WriteQueue.WaitingUnits + 1).Select(_ => writes.RunAsync(ActorContext.System, unit => 0)).ToList();

        Assert.Contains(waiting, unit => unit.IsFaulted && unit.Exception!.InnerException is WritesUnavailableException);
        _gate.Set();
        await running;
    }

    [Fact]
    public async Task What_waits_is_finished_before_the_queue_closes()
    {
        var writes = Open();
        var running = await BatchOfAsync(writes, Note("one"));
        var waiting = writes.RunAsync(ActorContext.System, Note("two"));
        var closed = writes.DisposeAsync();
        _gate.Set();

        await closed;
        Assert.True(running.IsCompletedSuccessfully);
        Assert.True(waiting.IsCompletedSuccessfully);
        await Assert.ThrowsAsync<WritesUnavailableException>(() => writes.RunAsync(ActorContext.System, Note("three")));
    }

    [Fact]
    public async Task A_unit_that_runs_alone_comes_in_its_turn_and_in_no_transaction()
    {
        var writes = Open();
        var first = await BatchOfAsync(writes, Note("one"));
        var seen = writes.RunAloneAsync(ActorContext.System, _ => Notes());
        var outside = writes.RunAloneAsync(ActorContext.System, unit =>
        {
            Assert.Throws<WritesUnavailableException>(() => unit.EnsureTransaction(UnitMode.Shared));
            return 0;
        });
        var last = writes.RunAsync(ActorContext.System, Note("two"));
        _gate.Set();

        await first;
        Assert.Equal(["one"], await seen);
        await outside;
        await last;
        Assert.Equal(["one", "two"], Notes());
    }

    [Fact]
    public async Task A_unit_alone_that_throws_or_leaves_a_transaction_harms_nobody()
    {
        var writes = Open();
        var first = await BatchOfAsync(writes, Note("one"));
        var bad = writes.RunAloneAsync<int>(ActorContext.System, _ => throw new InvalidOperationException("a bug"));
        var open = writes.RunAloneAsync(ActorContext.System, unit =>
        {
            unit.Begin(UnitMode.Shared);
            return unit.Touch();
        });
        var broken = writes.RunAloneAsync<int>(ActorContext.System, _ => throw new SqliteException("disk I/O error", 10));
        var last = writes.RunAsync(ActorContext.System, Note("two"));
        _gate.Set();

        await first;
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        await Assert.ThrowsAsync<InvalidOperationException>(() => open);
        await Assert.ThrowsAsync<WritesUnavailableException>(() => broken);
        await last;
        Assert.Equal(["one", "two"], Notes());
    }

    [Fact]
    public async Task A_database_is_exchanged_under_its_readers_and_its_writer()
    {
        var other = new PanelDatabase(Path.Combine(_folder, "other.db"));
        await using (var making = new WriteQueue(() => UnitOfWork.Open(other, maxPages: 0), NullLogger.Instance))
        {
            await making.RunAsync(ActorContext.System, Note("other"));
        }

        _gate.Set();
        using var readers = new ReaderPool(_database);
        var writes = Open(readers: readers);
        await writes.RunAsync(ActorContext.System, unit => AddReseller(unit, "alice"));
        for (var turn = 0; turn < 20; turn++)
        {
            await writes.RunAsync(ActorContext.System, Note($"{turn}"));
            Assert.Null(readers.Read(0, (reader, _) => reader.Work.NextDue()));

            await writes.RunAloneAsync(ActorContext.System, unit =>
            {
                unit.Exchange(other);
                return 0;
            });

            Assert.Equal(["other"], Notes());
            await writes.RunAsync(ActorContext.System, unit => unit.Touch());
            Assert.Null(readers.Read(0, (reader, _) => reader.Work.NextDue()));
        }
    }

    [Fact]
    public async Task A_unit_that_returns_is_visible_to_readers()
    {
        var writes = Open();
        _gate.Set();
        for (var turn = 0; turn < 200; turn++)
        {
            await writes.RunAsync(ActorContext.System, Note($"{turn}"));
            Assert.Equal(turn + 1, Notes().Count);
        }
    }

    [Fact]
    public async Task A_preview_sees_what_it_would_do_and_leaves_no_trace()
    {
        var writes = Open();
        _gate.Set();
        await writes.RunAsync(ActorContext.System, AddPanel);
        var before = Dump();

        var seen = await writes.PreviewAsync(ActorContext.System, unit =>
        {
            Note("maybe")(unit);
            unit.Save();
            return (Order: unit.OrderIds.Take(), Refill: unit.RefillIds.Take(), Notes: unit.Db.Audit.Count());
        });

        Assert.Equal((1, 1, 1), seen);
        Assert.Equal(before, Dump());
        Assert.Equal((1, 1), await writes.RunAsync(ActorContext.System, unit => (unit.OrderIds.Take(), unit.RefillIds.Take())));
    }

    [Fact]
    public async Task A_preview_among_units_harms_none_of_them()
    {
        var writes = Open();
        var before = await BatchOfAsync(writes, Note("one"));
        var seen = writes.PreviewAsync(ActorContext.System, unit =>
        {
            Note("maybe")(unit);
            unit.Save();
            return string.Join(' ', unit.Db.Audit.OrderBy(row => row.Id).Select(row => row.Detail));
        });
        var after = writes.RunAsync(ActorContext.System, Note("two"));
        _gate.Set();

        await Task.WhenAll(before, after);

        // What came before it is there, what came after it is not yet.
        Assert.Equal("one maybe", await seen);
        Assert.Equal(["one", "two"], Notes());
    }

    [Fact]
    public async Task A_preview_that_throws_is_told_so_and_harms_nobody()
    {
        var writes = Open();
        var before = await BatchOfAsync(writes, unit => AddReseller(unit, "alice"));
        var broken = writes.PreviewAsync(ActorContext.System, unit => AddReseller(unit, "alice"));
        var bug = writes.PreviewAsync<int>(ActorContext.System, _ => throw new InvalidOperationException("a bug"));
        var after = writes.RunAsync(ActorContext.System, Note("two"));
        _gate.Set();

        await Task.WhenAll(before, after);
        await Assert.ThrowsAsync<StorageException>(() => broken);
        await Assert.ThrowsAsync<InvalidOperationException>(() => bug);
        Assert.Equal(["two"], Notes());
    }

    [Fact]
    public async Task A_preview_counts_like_any_other_when_the_queue_is_full()
    {
        var writes = Open();
        await BatchOfAsync(writes, Note("one"));
        var waiting = Enumerable.Range(0, WriteQueue.WaitingUnits + 1).Select(_ => writes.PreviewAsync(ActorContext.System, unit => 0)).ToList();

        Assert.Contains(waiting, unit => unit.IsFaulted && unit.Exception!.InnerException is WritesUnavailableException);
        _gate.Set();
    }

    private WriteQueue Open(int maxPages = 0, ReaderPool? readers = null) =>
        _writes = new(() => UnitOfWork.Open(_database, maxPages), NullLogger.Instance, readers);

    /// <summary>Holds the writer until the gate opens, so that what follows shares one batch with the given unit.</summary>
    private async Task<Task<int>> BatchOfAsync(WriteQueue writes, Func<UnitOfWork, int> first)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = writes.RunAsync(ActorContext.System, _ =>
        {
            held.SetResult();
            _gate.Wait();
            return 0;
        });
        await held.Task;
        return writes.RunAsync(ActorContext.System, first);
    }

    private static Func<UnitOfWork, int> Note(string text) => unit =>
    {
        unit.Db.Audit.Add(new AuditRow { At = 0, Action = "test", Subject = "", Detail = text });
        return 0;
    };

    private static int AddReseller(UnitOfWork unit, string name)
    {
        unit.Db.Resellers.Add(new ResellerRow { Name = name, CreatedAt = 0 });
        return 0;
    }

    private static int AddPanel(UnitOfWork unit)
    {
        unit.Db.Panel.Add(new PanelRow { Kind = "live", Currency = "USD", NextOrderId = 1, NextRefillId = 1, CreatedAt = 0 });
        return 0;
    }

    /// <summary>All rows that these tests write.</summary>
    private string Dump()
    {
        using var db = _database.OpenReadingDb();
        return System.Text.Json.JsonSerializer.Serialize(new { Panel = db.Panel.ToList(), Audit = db.Audit.ToList() });
    }

    private List<string> Notes()
    {
        using var db = _database.OpenReadingDb();
        return [.. db.Audit.OrderBy(row => row.Id).Select(row => row.Detail)];
    }
}
