using PanelServer.Domain;

namespace PanelServer.Tests.Orders;

/// <summary>
/// Another end in the place of one that was wrong: the money follows to the last unit, in either direction, and nothing
/// that was booked is changed (docs/contract.md, "Lifecycle").
/// </summary>
public sealed class CorrectionTests : IAsyncLifetime
{
    private const string Why = "the public counter says so";

    private readonly TestPanel _panel = TestPanel.Sandbox();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _panel.DisposeAsync();

    // 999 at 0.90 cost 0.89910; of it floor(0.89910 × 157 / 999) = 0.14130 and floor(0.89910 × 400 / 999) = 0.36000 go back.
    // The kinds of transfers: 2 a refund (from sales, -2), 5 a reversal (to sales).
    [Theory]
    [InlineData("complete", "", "Partial", "157", "Partial", "157", 0, 14_130)]
    [InlineData("complete", "", "Canceled", "", "Canceled", "0", 0, 89_910)]
    [InlineData("complete", "", "Canceled", "999", "Canceled", "999", 0, 89_910)]
    [InlineData("complete", "", "Partial", "999", "Canceled", "999", 0, 89_910)]
    [InlineData("partial", "157", "Completed", "", "Completed", "0", 14_130, 0)]
    [InlineData("partial", "157", "Partial", "0", "Completed", "0", 14_130, 0)]
    [InlineData("partial", "157", "Partial", "400", "Partial", "400", 14_130, 36_000)]
    [InlineData("partial", "400", "Partial", "157", "Partial", "157", 36_000, 14_130)]
    [InlineData("partial", "157", "Canceled", "", "Canceled", "157", 14_130, 89_910)]
    [InlineData("cancel", "", "Completed", "", "Completed", "0", 89_910, 0)]
    [InlineData("cancel", "", "Partial", "157", "Partial", "157", 89_910, 14_130)]
    [InlineData("cancel", "", "Partial", "0", "Completed", "0", 89_910, 0)]
    public async Task The_money_follows_from_end_to_end(
        string verb, string remains, string to, string toRemains, string status, string left, long before, long after)
    {
        var order = await EndedAsync(verb, remains);
        var was = StatusNames.Of((Domain.Orders.OrderStatus)int.Parse(Books.Rows(_panel, $"SELECT status FROM orders WHERE id = {order}")[0], null));

        await CorrectAsync(order, to, toRemains);

        Assert.Equal(
            $$"""{"charge":"{{new Money(89_910 - after)}}","start_count":"0","status":"{{status}}","remains":"{{left}}","currency":"USD"}""",
            await StatusAsync(order));
        Assert.Equal(10_084_292 - 89_910 + after, Balance());
        List<string> booked = [$"1 0 1 -2 89910"];
        if (before > 0)
        {
            booked.Add($"2 0 -2 1 {before}");
        }

        if (after != before)
        {
            booked.Add(after > before ? $"2 1 -2 1 {after - before}" : $"5 1 1 -2 {before - after}");
        }

        Assert.Equal(booked, Transfers(order));
        Assert.Equal(
            $"1 1 {was} {status} {left} {Why}",
            Books.Rows(_panel, $"SELECT version, actor, from_status, to_status, remains, note FROM order_moves WHERE order_id = {order} AND version = 1")
                .Select(row => row.Split(' ', 5)).Select(row => $"{row[0]} {row[1]} {Name(row[2])} {Name(row[3])} {row[4]}").Single());
        Assert.Equal(
            [$"order correct|order {order}|{was} → {status}, paid back {new Money(after - before)}: {Why}"],
            Books.Rows(_panel, "SELECT action || '|' || subject || '|' || detail FROM audit WHERE action = 'order correct'"));
        Assert.Equal("the books are right", await _panel.VerbAsync("verify"));
    }

    [Theory]
    [InlineData("complete", "", "Completed", "", "is Completed, remains 0: it cannot be corrected to Completed; only an end is corrected, into another end")]
    [InlineData("complete", "", "Partial", "", "it cannot be corrected to Partial; say by --remains what else is undelivered")]
    [InlineData("complete", "", "Partial", "1000", "remains must be within 0 and 999, not 1000")]
    [InlineData("complete", "", "Partial", "-1", "remains must be within 0 and 999, not -1")]
    [InlineData("partial", "157", "Partial", "157", "it cannot be corrected to Partial")]
    [InlineData("cancel", "", "Canceled", "", "it cannot be corrected to Canceled")]
    [InlineData("cancel", "", "Canceled", "5", "it cannot be corrected to Canceled")]
    [InlineData("take", "", "Completed", "", "is Processing, remains 999: it cannot be corrected to Completed; only an end is corrected, into another end")]
    public async Task What_is_no_correction_changes_nothing(string verb, string remains, string to, string toRemains, string why)
    {
        var order = await EndedAsync(verb, remains);
        var before = Books.All(_panel);

        var (exit, _, error) = await TryCorrectAsync(order, to, toRemains);

        Assert.Equal(1, exit);
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.Equal(before, Books.All(_panel));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("two\nlines")]
    public async Task A_correction_has_a_reason(string reason)
    {
        var order = await EndedAsync("complete", "");
        var before = Books.All(_panel);

        var (exit, _, error) = await _panel.TryVerbAsync("order", "correct", $"{order}", "--to", "Canceled", "--reason", reason);

        Assert.Equal(1, exit);
        Assert.StartsWith("a reason is one line of 1 to 1000 characters", error, StringComparison.Ordinal);
        Assert.Equal(before, Books.All(_panel));
    }

    [Fact]
    public async Task What_cannot_be_taken_again_is_refused_and_changes_nothing()
    {
        var order = await EndedAsync("cancel", "");
        await _panel.VerbAsync("reseller", "withdraw", "demo", "100", "--note", "paid out");
        var before = Books.All(_panel);

        // 0.84292 is left, 0.89910 would be taken.
        var (exit, _, error) = await TryCorrectAsync(order, "Completed", "");

        Assert.Equal(
            (1, $"order {order}: 0.89910 would have to be taken again, and the reseller's balance is lower; take a deposit first"),
            (exit, error));
        Assert.Equal(before, Books.All(_panel));

        await _panel.VerbAsync("reseller", "deposit", "demo", "0.05618", "--note", "the rest");
        await CorrectAsync(order, "Completed", "");
        Assert.Equal(0, Balance());
    }

    [Fact]
    public async Task A_correction_is_corrected_again_by_new_transfers()
    {
        var order = await EndedAsync("complete", "");
        foreach (var (to, remains) in new[] { ("Canceled", ""), ("Completed", ""), ("Partial", "157"), ("Partial", "400"), ("Canceled", ""), ("Completed", "") })
        {
            await CorrectAsync(order, to, remains);
            Assert.Equal(1, (await TryCorrectAsync(order, to, remains)).Exit);
            Assert.Equal("the books are right", await _panel.VerbAsync("verify"));
        }

        Assert.Equal(
            [
                "1 0 1 -2 89910", "2 1 -2 1 89910", "2 3 -2 1 14130", "2 4 -2 1 21870", "2 5 -2 1 53910", "5 2 1 -2 89910", "5 6 1 -2 89910",
            ],
            Transfers(order));
        Assert.Equal(10_084_292 - 89_910, Balance());
    }

    [Fact]
    public async Task Nothing_is_refilled_of_an_order_that_was_not_completed()
    {
        var order = await EndedAsync("complete", "");
        await _panel.AdvanceAsync("1.00:00:00");
        Assert.Equal("""{"refill":"1"}""", await _panel.DemoAsync(("action", "refill"), ("order", $"{order}")));

        await CorrectAsync(order, "Partial", "157");

        Assert.Equal("""{"status":"Rejected"}""", await _panel.DemoAsync(("action", "refill_status"), ("refill", "1")));
        Assert.Equal(
            """{"error":"Refill not available"}""",
            await _panel.DemoAsync(("action", "refill"), ("order", $"{order}")));
    }

    [Fact]
    public async Task A_drip_feed_that_has_ended_follows_its_corrected_runs()
    {
        // Two runs of 50 at 0.90: 0.04500 each.
        var parent = await DripAsync();
        await _panel.AdvanceAsync("01:00:00");
        var (first, second) = (parent + 1, parent + 2);
        Assert.Equal(Parent("0.09000", "Completed", "0", parent), await StatusAsync(parent));

        foreach (var (run, to, remains, charge, status, left) in new[]
        {
            (first, "Partial", "20", "0.07200", "Partial", "20"),
            (first, "Canceled", "50", "0.04500", "Partial", "50"),
            (second, "Canceled", "50", "0.00000", "Canceled", "100"),
            (second, "Partial", "10", "0.03600", "Partial", "60"),
            (first, "Completed", "", "0.08100", "Partial", "10"),
            (second, "Completed", "", "0.09000", "Completed", "0"),
        })
        {
            await CorrectAsync(run, to, remains);
            Assert.Equal(Parent(charge, status, left, parent), await StatusAsync(parent));
            Assert.Equal("the books are right", await _panel.VerbAsync("verify"));
        }

        // The parent has its charge only; refunds and reversals name the run.
        Assert.Equal(["1 0 1 -2 9000"], Transfers(parent));
        Assert.Equal(["2 3 -2 1 1800", "2 4 -2 1 2700", "5 5 1 -2 4500"], Transfers(first));
        Assert.Equal(["2 3 -2 1 4500", "5 4 1 -2 3600", "5 5 1 -2 900"], Transfers(second));
        Assert.Equal(
            ["Completed Partial follows its runs", "Partial Canceled follows its runs", "Canceled Partial follows its runs", "Partial Completed follows its runs"],
            Books.Rows(_panel, $"SELECT from_status, to_status, note FROM order_moves WHERE order_id = {parent} AND actor = 1 ORDER BY version")
                .Select(row => row.Split(' ', 3)).Select(row => $"{Name(row[0])} {Name(row[1])} {row[2]}"));
    }

    [Fact]
    public async Task A_drip_feed_that_goes_on_counts_a_corrected_run()
    {
        var parent = await DripAsync(interval: 600);
        await _panel.AdvanceAsync("00:10:00");
        await CorrectAsync(parent + 1, "Partial", "20");

        Assert.Equal(
            $$"""{"charge":"0.07200","start_count":"0","status":"In progress","remains":"70","currency":"USD","runs":"2","orders":["{{parent + 1}}"]}""",
            await StatusAsync(parent));
        await _panel.AdvanceAsync("1.00:00:00");
        Assert.Equal(Parent("0.07200", "Partial", "20", parent), await StatusAsync(parent));
    }

    [Fact]
    public async Task Parents_are_corrected_by_their_children_alone()
    {
        var parent = await DripAsync();
        await _panel.AdvanceAsync("01:00:00");
        var before = Books.All(_panel);

        var (exit, _, error) = await TryCorrectAsync(parent, "Canceled", "");

        Assert.Equal(1, exit);
        Assert.Contains($"order {parent} is worked off by its children", error, StringComparison.Ordinal);
        Assert.Equal(before, Books.All(_panel));
    }

    private static string Parent(string charge, string status, string remains, int parent) =>
        $$"""{"charge":"{{charge}}","start_count":"0","status":"{{status}}","remains":"{{remains}}","currency":"USD","runs":"2","orders":["{{parent + 1}}","{{parent + 2}}"]}""";

    private static string Name(string status) => StatusNames.Of((Domain.Orders.OrderStatus)int.Parse(status, null));

    private async Task<int> EndedAsync(string verb, string remains)
    {
        var order = await _panel.OrderAsync(quantity: 999);
        await _panel.VerbAsync(["order", verb, $"{order}", .. remains.Length == 0 ? [] : new[] { "--remains", remains }]);
        return order;
    }

    private async Task<int> DripAsync(int interval = 1)
    {
        var answer = await _panel.DemoAsync(
            ("action", "add"), ("service", "1"), ("link", "https://example.com/p/1"), ("quantity", "50"), ("runs", "2"), ("interval", $"{interval}"));
        Assert.Equal("""{"order":23501}""", answer);
        return 23_501;
    }

    private async Task CorrectAsync(int order, string to, string remains)
    {
        var (exit, _, error) = await TryCorrectAsync(order, to, remains);
        Assert.True(exit == 0, error);
    }

    private Task<(int Exit, string Output, string Error)> TryCorrectAsync(int order, string to, string remains) => _panel.TryVerbAsync(
        ["order", "correct", $"{order}", "--to", to, "--reason", Why, .. remains.Length == 0 ? [] : new[] { "--remains", remains }]);

    private Task<string> StatusAsync(int order) => _panel.DemoAsync(("action", "status"), ("order", $"{order}"));

    private IReadOnlyList<string> Transfers(int order) =>
        Books.Rows(_panel, $"SELECT kind, version, from_account, to_account, amount FROM transfers WHERE subject = {order} AND kind IN (1, 2, 5) ORDER BY kind, version");

    private long Balance() => long.Parse(Books.Rows(_panel, "SELECT balance FROM accounts WHERE id = 1")[0], null);
}
