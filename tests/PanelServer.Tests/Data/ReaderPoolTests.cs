using PanelServer.Data;
using PanelServer.Data.Entities;

namespace PanelServer.Tests.Data;

#pragma warning disable CA1001 // What it owns is ended in DisposeAsync.
/// <summary>Readers that stay where they are between calls never miss a commit and never keep the log from ending.</summary>
public sealed class ReaderPoolTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private const int PageBytes = 4096;

    private OpenDatabase _open = null!;

    public async Task InitializeAsync() => _open = await OpenDatabase.CreateAsync();

    public async Task DisposeAsync() => await _open.DisposeAsync();

    [Fact]
    public async Task Whoever_was_told_of_a_commit_sees_it_whichever_reader_answers()
    {
        using var ends = new CancellationTokenSource();
        var others = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(() => ReadOn(ends.Token))).ToArray();
        for (var instant = 1L; instant <= 500; instant++)
        {
            await _open.Writes.RunAsync(ActorContext.System, unit => unit.SetClock(instant));

            Assert.Equal(instant, Clock());
        }

        await ends.CancelAsync();
        await Task.WhenAll(others);
    }

    [Fact]
    public async Task What_a_unit_wrote_alone_before_it_threw_is_seen()
    {
        Assert.Equal(0, Clock());
        await Assert.ThrowsAsync<InvalidOperationException>(() => _open.Writes.RunAloneAsync<bool>(ActorContext.System, unit =>
        {
            unit.SetClock(5);
            throw new InvalidOperationException("a bug");
        }));

        Assert.Equal(5, Clock());
    }

    [Fact]
    public async Task The_log_begins_anew_although_somebody_always_reads()
    {
        using var ends = new CancellationTokenSource();
        var others = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(() => ReadOn(ends.Token))).ToArray();
        var pages = 2_000;
        var detail = new string('x', pages * PageBytes);
        for (var written = 0; written < PanelDatabase.CheckpointPages * 2; written += pages)
        {
            await _open.Writes.RunAsync(ActorContext.System, unit =>
            {
                unit.Db.Audit.Add(new AuditRow { At = 0, Action = "test", Subject = "log", Detail = detail });
                return 0;
            });
            Assert.Equal(0, Clock());
        }

        var log = new FileInfo(_open.Database.Path + "-wal").Length;
        await ends.CancelAsync();
        await Task.WhenAll(others);
        Assert.InRange(log, 1, (PanelDatabase.CheckpointPages + (2L * pages)) * PageBytes);
    }

    private long? Clock() => _open.Readers.Read(0, static (reader, _) => reader.Identity()!.Clock);

    private void ReadOn(CancellationToken ends)
    {
        while (!ends.IsCancellationRequested)
        {
            Clock();
        }
    }
}
