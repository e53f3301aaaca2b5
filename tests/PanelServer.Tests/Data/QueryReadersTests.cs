using Microsoft.EntityFrameworkCore;
using PanelServer.Data;

namespace PanelServer.Tests.Data;

#pragma warning disable CA1001 // What it owns is ended in DisposeAsync.
/// <summary>Lists and reports have readers of their own: however many are asked for at once, the contract's stay free.</summary>
public sealed class QueryReadersTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private OpenDatabase _open = null!;

    public async Task InitializeAsync() => _open = await OpenDatabase.CreateAsync();

    public async Task DisposeAsync() => await _open.DisposeAsync();

    [Fact]
    public async Task All_in_use_hold_up_neither_the_contract_nor_a_write_and_one_more_is_refused()
    {
        using var queries = new QueryReaders(_open.Database, TimeSpan.Zero);
        var end = new TaskCompletionSource();
        var busy = Enumerable.Range(0, QueryReaders.Size).Select(_ => queries.ReadAsync(async db =>
        {
            var currency = await CurrencyAsync(db);
            await end.Task;
            return currency;
        })).ToList();

        Assert.Equal("USD", _open.Readers.Read(0, static (session, _) => session.Identity()!.Currency));
        Assert.True(await _open.Writes.RunAsync(ActorContext.System, unit => unit.SetClock(7)));
        var error = await Assert.ThrowsAsync<PanelException>(() => queries.ReadAsync(CurrencyAsync));
        Assert.Equal($"{QueryReaders.Size} lists and reports are read at the same time already: try again in a moment", error.Message);

        end.SetResult();
        Assert.All(await Task.WhenAll(busy), currency => Assert.Equal("USD", currency));
        Assert.Equal("USD", await queries.ReadAsync(CurrencyAsync));
    }

    [Fact]
    public async Task One_that_failed_is_not_used_again_and_its_place_is_free()
    {
        using var queries = new QueryReaders(_open.Database, TimeSpan.Zero);
        PanelDb? failed = null;
        for (var time = 0; time < QueryReaders.Size * 2; time++)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => queries.ReadAsync<int>(db =>
            {
                Assert.NotSame(failed, db);
                failed = db;
                throw new InvalidOperationException("a bug");
            }));
        }

        Assert.Equal("USD", await queries.ReadAsync(CurrencyAsync));
    }

    [Fact]
    public async Task What_was_committed_is_seen_by_one_that_was_used_before()
    {
        using var queries = new QueryReaders(_open.Database, TimeSpan.Zero);
        for (var instant = 1L; instant < 20; instant++)
        {
            await _open.Writes.RunAsync(ActorContext.System, unit => unit.SetClock(instant));

            Assert.Equal(instant, await queries.ReadAsync(db => db.Panel.Select(row => row.Clock).SingleAsync()));
        }
    }

    private static Task<string> CurrencyAsync(PanelDb db) => db.Panel.Select(row => row.Currency).SingleAsync();
}
