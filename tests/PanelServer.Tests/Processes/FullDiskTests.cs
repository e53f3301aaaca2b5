using System.Buffers.Binary;
using System.Collections.Concurrent;
using Xunit.Abstractions;

namespace PanelServer.Tests.Processes;

/// <summary>
/// Storage that stops taking writes in the middle of a batch: every caller is told so, nobody is charged for nothing,
/// reading goes on, and the panel sells again as soon as there is room.
/// </summary>
[Trait("Category", "Process")]
public sealed class FullDiskTests(ITestOutputHelper log)
{
    private const int Callers = 32;
    private const long Deposit = 10_000_00000;
    private static readonly SoldService Service = SoldService.ById(101);

    // A long link fills the database quickly.
    private static readonly (string Name, string Value)[] Bulky =
    [
        ("service", "101"), ("link", "https://example.com/" + new string('x', 2000)), ("quantity", "309"),
    ];

    [Fact]
    public async Task A_database_without_room_answers_503_to_every_caller_and_charges_nobody()
    {
        using var folder = new PanelFolder();
        var key = await PrepareAsync(folder);
        var room = (await PagesAsync(folder)) + 60;
        (string, string)[] settings = [.. PanelFixture.NoLimits, ("PANEL__Database__MaxPages", Units.Text(room))];

        long sold;
        await using (var server = await folder.ServeAsync(settings))
        {
            using var caller = server.Caller(key);
            var run = await SellUntilRefusedAsync(caller);
            log.WriteLine($"{run.Orders.Count} orders taken, {run.Refused} callers refused");
            await ReadingGoesOnAsync(caller, run.Orders);
            await ExactAsync(folder, caller, run.Orders.Count);
            (await server.StopAsync()).Done();
            OneLineForEachBatch(server.Errors, run.Refused);
            sold = run.Orders.Count;
        }

        await folder.VerifyAsync();
        await using var roomy = await folder.ServeAsync(PanelFixture.NoLimits);
        using var again = roomy.Caller(key);
        (await again.AskAsync("add", Bulky)).Accepted();
        await ExactAsync(folder, again, sold + 1);
    }

    [PrlimitFact]
    public async Task An_io_error_answers_503_charges_nobody_and_heals_by_itself()
    {
        using var folder = new PanelFolder();
        var key = await PrepareAsync(folder);
        await using var server = await folder.ServeAsync(PanelFixture.NoLimits);
        using var caller = server.Caller(key);
        (await caller.AskAsync("add", Bulky)).Accepted();

        var log0 = new FileInfo(folder.Database + "-wal").Length;
        await Prlimit.LimitFilesAsync(server.Id, Units.Text(log0 + (64 * 1024)));
        var run = await SellUntilRefusedAsync(caller);
        log.WriteLine($"{run.Orders.Count} orders taken, {run.Refused} callers refused");
        Assert.False(server.HasExited, $"the limit ended the server: {server.Errors}");
        await ReadingGoesOnAsync(caller, run.Orders);
        Assert.Equal(Deposit - ((1 + run.Orders.Count) * Service.Charge), await caller.BalanceAsync());

        await Prlimit.LimitFilesAsync(server.Id, "unlimited");
        (await caller.AskAsync("add", Bulky)).Accepted();
        await ExactAsync(folder, caller, run.Orders.Count + 2);
        (await server.StopAsync()).Done();
        OneLineForEachBatch(server.Errors, run.Refused);
        await folder.VerifyAsync();
    }

    private static void OneLineForEachBatch(string log, int refused)
    {
        Assert.DoesNotContain("   at ", log, StringComparison.Ordinal);
        var lines = log.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.Contains("refused a batch", line, StringComparison.Ordinal));

        // Each refused caller waited for one batch; the panel's own work may have met a few more.
        Assert.InRange(lines.Length, 1, refused + 50);
    }

    private static async Task<string> PrepareAsync(PanelFolder folder)
    {
        await using var server = await folder.ServeAsync(PanelFixture.NoLimits);
        await PanelFixture.ImportAsync(folder);
        var key = await folder.ResellerAsync("acme", Units.Write(Deposit));
        (await server.StopAsync()).Done();
        return key;
    }

    // After a polite end everything is in the main file; its page size stands in bytes 16 and 17.
    private static async Task<long> PagesAsync(PanelFolder folder)
    {
        await using var file = File.OpenRead(folder.Database);
        var header = new byte[18];
        await file.ReadExactlyAsync(header);
        return file.Length / BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(16));
    }

    private static async Task<(IReadOnlyCollection<long> Orders, int Refused)> SellUntilRefusedAsync(PanelCaller caller)
    {
        ConcurrentBag<long> orders = [];
        var refused = 0;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            for (var call = 0; call < 200 && Volatile.Read(ref refused) < Callers; call++)
            {
                var answer = await caller.AskAsync("add", Bulky);
                if (answer.IsUnavailable)
                {
                    Interlocked.Increment(ref refused);
                }
                else
                {
                    orders.Add(answer.Accepted());
                }
            }
        }));
        // All callers may share the batch that does not fit: then none was sold to, and none was charged.
        Assert.True(refused > 0, $"{orders.Count} orders and no caller was refused: there was room all the time");
        Assert.Equal(orders.Count, orders.Distinct().Count());
        return (orders, refused);
    }

    private static async Task ReadingGoesOnAsync(PanelCaller caller, IReadOnlyCollection<long> orders)
    {
        Assert.Equal(200, (await caller.AskAsync("services")).Status);
        var states = await caller.StatesAsync(orders);
        Assert.All(states.Values, state => Assert.Equal(new OrderState(Service.Charge, "0", "Pending", "309"), state));
    }

    private static async Task ExactAsync(PanelFolder folder, PanelCaller caller, long orders)
    {
        Assert.Equal(Deposit - (orders * Service.Charge), await caller.BalanceAsync());
        await folder.VerifyAsync();
    }
}
