using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Idempotency;
using PanelServer.Ledger;
using PanelServer.Sandbox;

namespace PanelServer.Tests.Idempotency;

/// <summary>A retry key is known as long as was promised, and goes some time later, in bounded units (docs/contract.md, "Safe retry").</summary>
public sealed class ExpireIdempotencyKeysTests : IAsyncLifetime
{
    private const int Rich = 2;
    private static readonly byte[] Fingerprint = new byte[32];

    private readonly string _folder = Directory.CreateTempSubdirectory("forget-test-").FullName;
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
    public async Task A_key_outlives_what_was_promised_and_goes_only_in_a_pass()
    {
        var first = await PlaceAsync();
        Let(TimeSpan.FromHours(24));
        Assert.False(await new ExpireIdempotencyKeys(_panel.Writes, _panel.Clock).RunOnceAsync());
        Assert.Equal(first, await PlaceAsync());

        Let(TimeSpan.FromHours(24));
        Assert.False(await new ExpireIdempotencyKeys(_panel.Writes, _panel.Clock).RunOnceAsync());
        Assert.Equal(first, await PlaceAsync());

        Let(TimeSpan.FromMilliseconds(1));
        Assert.Equal(first, await PlaceAsync());
        Assert.False(await new ExpireIdempotencyKeys(_panel.Writes, _panel.Clock).RunOnceAsync());
        Assert.NotEqual(first, await PlaceAsync());
    }

    [Fact]
    public async Task A_walk_is_cut_into_units_and_leaves_whatever_is_young()
    {
        var forget = new ExpireIdempotencyKeys(_panel.Writes, _panel.Clock);
        await TakeAsync("old", 1_250);
        Let(ExpireIdempotencyKeys.KeptFor + TimeSpan.FromHours(1));
        await TakeAsync("young", 300);

        Assert.True(await forget.RunOnceAsync());
        Assert.Equal((1_500, 600), Kept());
        Assert.True(await forget.RunOnceAsync());
        Assert.True(await forget.RunOnceAsync());
        Assert.False(await forget.RunOnceAsync());
        Assert.Equal((0, 600), Kept());
    }

    [Fact]
    public async Task The_next_walk_begins_after_a_pause()
    {
        var forget = new ExpireIdempotencyKeys(_panel.Writes, _panel.Clock);
        await TakeAsync("old", 1);
        Let(ExpireIdempotencyKeys.KeptFor);
        Assert.False(await forget.RunOnceAsync());

        Let(ExpireIdempotencyKeys.Pause - TimeSpan.FromMilliseconds(1));
        await forget.RunOnceAsync();
        Assert.Equal((2, 0), Kept());

        Let(TimeSpan.FromMilliseconds(1));
        await forget.RunOnceAsync();
        Assert.Equal((0, 0), Kept());
    }

    private void Let(TimeSpan time) => Clock.Instant += (long)time.TotalMilliseconds;

    /// <summary>Takes keys of two resellers, so many each.</summary>
    private Task<bool> TakeAsync(string name, int count) => _panel.Writes.RunAsync(ActorContext.System, unit =>
    {
        for (var at = 0; at < count; at++)
        {
            unit.IdempotencyKeys.TryTake(1, $"{name} {at}", Fingerprint, Clock.Instant);
            unit.IdempotencyKeys.TryTake(Rich, $"{at} {name}", Fingerprint, Clock.Instant);
        }

        return true;
    });

    private (int Old, int Young) Kept()
    {
        using var db = _panel.Database.OpenReadingDb();
        return (db.IdempotencyKeys.Count(row => row.Key.Contains("old")), db.IdempotencyKeys.Count(row => row.Key.Contains("young")));
    }

    private async Task<byte[]> PlaceAsync()
    {
        var placed = await _panel.PlaceOrder.RunAsync(
            Actors.Reseller,
            new(Rich, _panel.Services.Get().Sold(1)!, new Rate(0), new() { Link = "https://example.com/p", Quantity = 100 }),
            new IdempotencyKey(Rich, "r1", Fingerprint),
            outcome => BitConverter.GetBytes(outcome.Value));
        return placed.First?.Answer ?? BitConverter.GetBytes(placed.Outcome.Value);
    }
}
