using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Orders;
using PanelServer.Jobs;
using PanelServer.Ledger;
using PanelServer.Orders;
using PanelServer.Sandbox;

namespace PanelServer.Tests.Jobs;

/// <summary>What is due happens once, in bounded passes, whoever else is at it; what fails harms nothing else.</summary>
public sealed class JobRunnerTests : IAsyncLifetime
{
    private const int Rich = 2;
    private const long Minute = 60_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("job-test-").FullName;
    private Panel _panel = null!;

    private SandboxClock Clock => (SandboxClock)_panel.Clock;

    public async Task InitializeAsync() => _panel = await OpenSandbox.InAsync(_folder);

    public async Task DisposeAsync()
    {
        Assert.Empty(new Verify(_panel.Database).Run());
        await _panel.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_pass_is_bounded_and_the_next_goes_on()
    {
        await Task.WhenAll(Enumerable.Range(0, JobRunner.PassSize + 50).Select(_ => PlaceAsync()));
        Clock.Instant += Minute;

        Assert.Equal(JobRunner.PassSize, await _panel.Jobs.RunOnceAsync());
        Assert.Equal(50, await _panel.Jobs.RunOnceAsync());
        Assert.Equal(0, await _panel.Jobs.RunOnceAsync());
    }

    [Fact]
    public async Task Passes_at_the_same_time_do_nothing_twice()
    {
        var parents = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => PlaceAsync(new DripFeed(3, 1))));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _panel.Jobs.RunOnceAsync())));

        Assert.All(parents, parent => Assert.Single(_panel.ReadOrders.One(Rich, parent)!.Children));
    }

    [Fact]
    public async Task What_fails_is_put_off_longer_each_time_and_the_rest_goes_on()
    {
        var broken = await PlaceAsync(link: "https://sandbox.test/stuck");
        var sound = await PlaceAsync();
        var at = Clock.Instant;

        // A post that is not there: its job cannot but fail.
        await SetAsync(unit => unit.Due.Set(WorkKind.Post, 999, broken, at));
        var delays = new List<long>();
        for (var attempt = 0; attempt < 8; attempt++)
        {
            Clock.Instant = Math.Max(at, Clock.Instant);
            while (await _panel.Jobs.RunOnceAsync() > 0)
            {
            }

            var next = DueOf(WorkKind.Post)!.At;
            delays.Add((next - Clock.Instant) / Minute);
            Assert.Equal(attempt + 1, DueOf(WorkKind.Post)!.Attempts);
            at = next;
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], delays);
        Assert.Equal(OrderStatus.Completed, _panel.ReadOrders.One(Rich, sound)!.Status);
        await SetAsync(unit => unit.Due.Remove(WorkKind.Post, 999));
    }

    [Fact]
    public async Task What_is_held_back_does_not_happen()
    {
        var parent = await PlaceAsync(new DripFeed(2, 10));
        Assert.Null((await _panel.PauseRuns.PauseAsync(Actors.Operator, parent)).Refusal);
        Clock.Instant += 45 * Minute;
        Assert.Equal(0, await _panel.Jobs.RunOnceAsync());
        Assert.Equal("illegal_move.no_run_to_pause", (await _panel.PauseRuns.PauseAsync(Actors.Operator, parent)).Refusal?.Code);

        // What became due meanwhile starts now, and the rest keeps its interval from here.
        Assert.Null((await _panel.PauseRuns.ResumeAsync(Actors.Operator, parent)).Refusal);
        Assert.Equal(1, await _panel.Jobs.RunOnceAsync());
        Assert.Equal(Clock.Instant + (10 * Minute), DueOf(WorkKind.Run)!.At);
        Assert.Single(_panel.ReadOrders.One(Rich, parent)!.Children);
    }

    [Fact]
    public async Task A_panel_that_was_away_catches_up()
    {
        var parent = await PlaceAsync(new DripFeed(5, 10));
        Clock.Instant += 35 * Minute;
        for (var pass = 0; pass < 4; pass++)
        {
            await _panel.Jobs.RunOnceAsync();
        }

        Assert.Equal(4, _panel.ReadOrders.One(Rich, parent)!.Children.Count);
        Assert.Equal(Clock.Instant + (5 * Minute), DueOf(WorkKind.Run)!.At);
    }

    private ScheduledWorkRow? DueOf(WorkKind kind)
    {
        using var db = _panel.Database.OpenReadingDb();
        return db.Due.SingleOrDefault(row => row.Kind == kind);
    }

    private Task SetAsync(Action<UnitOfWork> change) => _panel.Writes.RunAsync(ActorContext.System, unit =>
    {
        change(unit);
        return true;
    });

    private async Task<int> PlaceAsync(DripFeed? drip = null, string link = "https://example.com/p")
    {
        var service = _panel.Services.Get().Sold(1)!;
        var details = new OrderDetails { Link = link, Quantity = 50 * (drip?.Runs ?? 1), Drip = drip };
        var placed = await _panel.PlaceOrder.RunAsync(Actors.Reseller, new OrderToPlace(Rich, service, service.Rate, details), retry: null, _ => null);
        return placed.Outcome.Value;
    }
}
