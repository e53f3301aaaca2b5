namespace PanelServer.Tests.Processes;

/// <summary>Many callers at once never get more than was paid for, and never get anything back twice.</summary>
[Trait("Category", "Process")]
public sealed class OverspendTests(PanelFixture panel) : IClassFixture<PanelFixture>
{
    private const int Callers = 64;
    private static readonly SoldService Service = SoldService.ById(101);

    [Fact]
    public async Task Sixty_four_callers_with_money_for_ten_orders_get_exactly_ten()
    {
        const long left = 7;
        using var caller = await CallerAsync("ten", (10 * Service.Charge) + left);
        var answers = await AtOnceAsync(Callers, _ => caller.AskAsync("add", Service.Order));
        var (taken, refused) = (answers.Where(a => a.Order is not null).ToList(), answers.Where(a => a.Order is null));

        Assert.Equal(10, taken.Select(answer => answer.Accepted()).Distinct().Count());
        Assert.Equal(10, taken.Count);
        Assert.All(refused, answer => answer.SaysError("Not enough funds on balance", "not_enough_funds"));
        Assert.Equal(left, await caller.BalanceAsync());
        Assert.All(
            (await caller.StatesAsync(taken.Select(answer => answer.Accepted()))).Values,
            state => Assert.Equal(new OrderState(Service.Charge, "0", "Pending", "309"), state));
        await panel.Folder.VerifyAsync();
    }

    [Fact]
    public async Task Fifty_callers_with_one_retry_key_make_one_order()
    {
        using var caller = await CallerAsync("once", 1_00000);
        var answers = await AtOnceAsync(50, i => i % 2 == 0
            ? caller.AskAsync("the-same", "add", Service.Order)
            : caller.AskAsync("add", [.. Service.Order, ("request_id", "the-same")]));

        var order = Assert.Single(answers.Select(answer => answer.Accepted()).Distinct());
        Assert.Equal(1, answers.Count(answer => !answer.Replayed));
        Assert.Equal(1_00000 - Service.Charge, await caller.BalanceAsync());
        Assert.Equal(Service.Charge, (await caller.StateAsync(order)).Charge);
        await panel.Folder.VerifyAsync();
    }

    [Fact]
    public async Task Sixty_four_cancels_of_one_queued_order_refund_it_once()
    {
        using var caller = await CallerAsync("back", 1_00000);
        var order = (await caller.AskAsync("add", Service.Order)).Accepted();
        var answers = await AtOnceAsync(Callers, _ => caller.AskAsync("cancel", ("orders", Units.Text(order))));

        var taken = $$"""[{"order":{{order}},"cancel":1}]""";
        var refused = $$$"""[{"order":{{{order}}},"cancel":{"error":"Order cannot be canceled"}}]""";
        Assert.All(answers, answer => Assert.True(answer.Body == taken || answer.Body == refused, answer.ToString()));
        Assert.Equal(1, answers.Count(answer => answer.Body == taken));
        Assert.Equal(1_00000, await caller.BalanceAsync());
        Assert.Equal(new OrderState(0, "0", "Canceled", "309"), await caller.StateAsync(order));
        await panel.Folder.VerifyAsync();
    }

    [Fact]
    public async Task Fifty_refills_of_one_order_open_one_refill()
    {
        using var caller = await CallerAsync("again", 1_00000);
        var order = (await caller.AskAsync("add", Service.Order)).Accepted();
        await panel.Folder.DoAsync("order", "complete", Units.Text(order));
        await panel.Folder.DoAsync("service", "edit", Units.Text(Service.Id), "--refill-hours", "0");
        var answers = await AtOnceAsync(50, _ => caller.AskAsync("refill", ("order", Units.Text(order))));

        var opened = Assert.Single(answers, answer => answer.Error is null);
        Assert.Matches("""^\{"refill":"[1-9][0-9]*"\}$""", opened.Body);
        Assert.All(
            answers.Where(answer => answer != opened),
            answer => answer.SaysError("Refill not available", "refill_not_available"));
        await panel.Folder.VerifyAsync();
    }

    private async Task<PanelCaller> CallerAsync(string name, long balance) =>
        panel.Server.Caller(await panel.Folder.ResellerAsync(name, Units.Write(balance)));

    // Every caller waits at the gate, so that they arrive together and not in the order in which they were made.
    private static async Task<WireAnswer[]> AtOnceAsync(int callers, Func<int, Task<WireAnswer>> ask)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = Enumerable.Range(0, callers).Select(async caller =>
        {
            await gate.Task;
            return await ask(caller);
        }).ToList();
        gate.SetResult();
        return await Task.WhenAll(waiting);
    }
}
