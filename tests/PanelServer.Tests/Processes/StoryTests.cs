using System.Text.Json.Nodes;

namespace PanelServer.Tests.Processes;

/// <summary>
/// A panel's first day, told on real storage with the real program: the command line makes a reseller, a key and a
/// service list, a reseller's software orders over HTTP, the operator delivers, and the books prove it. Every amount is
/// computed here with whole numbers and compared with what the wire says.
/// </summary>
[Trait("Category", "Process")]
public sealed class StoryTests
{
    [Fact]
    public async Task A_panel_is_opened_sells_every_type_delivers_pays_back_and_proves_its_books()
    {
        using var folder = new PanelFolder();
        await using var server = await folder.ServeAsync();
        using var story = new Story(folder, server, await OpenAsync(folder, server));

        await The_list_is_what_was_imported(story);
        await Every_type_is_sold(story);
        await States_are_told_one_and_many(story);
        await One_order_is_delivered_and_refilled(story);
        await One_ends_partial_and_the_rest_is_paid_back(story);
        await Cancels_pay_back_at_once_or_on_the_operators_word(story);
        await The_other_dialect_sells_too(story);
        var (backup, promised) = await A_backup_is_taken_while_orders_come_in(story);
        await The_money_runs_out_and_a_retry_still_gets_its_order(story);

        await folder.VerifyAsync();
        (await server.StopAsync()).Done();
        await folder.VerifyAsync();
        await The_backup_restores_elsewhere_and_holds_every_promise(story, backup, promised);
    }

    private static async Task<string> OpenAsync(PanelFolder folder, PanelProcess server)
    {
        Assert.All(
            ["reseller add", "service add", "key issue"],
            command => Assert.Contains(command, server.Output, StringComparison.Ordinal));

        var list = folder.File("services.json");
        await File.WriteAllTextAsync(list, SoldService.PublishedJson());
        await folder.DoAsync("service", "import", list);
        await folder.DoAsync("reseller", "add", "acme");
        await folder.DoAsync("reseller", "deposit", "acme", "100", "--note", "bank transfer", "--reference", "INV-1");
        await folder.DoAsync("reseller", "deposit", "acme", "100", "--note", "the same again", "--reference", "INV-1");
        var key = await folder.KeyAsync("acme");
        using var caller = server.Caller(key);
        Assert.Equal(Story.Deposit, await caller.BalanceAsync());
        return key;
    }

    private static async Task The_list_is_what_was_imported(Story story)
    {
        var list = Assert.IsType<JsonArray>((await story.Caller.AskAsync("services")).Json);
        Assert.Equal(
            SoldService.All.Select(service => service.Published().ToJsonString()),
            list.Select(row => row!.ToJsonString()));

        var older = Assert.IsType<JsonArray>((await story.CallerV1.AskAsync("services")).Json);
        Assert.Equal(SoldService.All.Select(service => service.CodeV1), older.Select(row => (string?)row!["type"]));
    }

    private static async Task Every_type_is_sold(Story story)
    {
        foreach (var service in SoldService.All)
        {
            var answer = await story.Caller.AskAsync("add", service.Order);
            var order = answer.Accepted();
            answer.Says($$"""{"order":{{order}}}""");
            story.Paid(service.Charge);
            story.FirstOrders.Add(service.Id, order);
        }

        var dripped = SoldService.ById(101);
        var runs = await story.Caller.AskAsync("add", [.. dripped.Order, ("runs", "3"), ("interval", "10")]);
        story.Paid(Units.Charge(dripped.Rate, dripped.Quantity * 3));
        await story.BalanceIsExact();

        var parent = (await story.Caller.AskAsync("status", ("order", Units.Text(runs.Accepted())))).Json;
        Assert.Equal("3", (string?)parent?["runs"]);
        Assert.Equal("[]", parent?["orders"]?.ToJsonString());
    }

    private static async Task States_are_told_one_and_many(Story story)
    {
        var ids = string.Join(',', story.FirstOrders.Values) + ",99999,abc";
        var many = await story.Caller.AskAsync("status", ("orders", ids));
        var states = Assert.IsType<JsonObject>(many.Json);
        Assert.Equal(
            [.. story.FirstOrders.Values.Select(Units.Text), "99999", "abc"],
            states.Select(state => state.Key));
        Assert.All(["99999", "abc"], id => Assert.Equal("""{"error":"Incorrect order ID"}""", states[id]?.ToJsonString()));

        foreach (var service in SoldService.All)
        {
            var one = await story.Caller.AskAsync("status", ("order", Units.Text(story.FirstOrders[service.Id])));
            Assert.Equal(one.Body, states[Units.Text(story.FirstOrders[service.Id])]?.ToJsonString());
            Assert.Equal(Expected(service), OrderState.Read(one.Json));
        }

        var parent = states[Units.Text(story.FirstOrders[116])];
        Assert.Equal("0", (string?)parent?["posts"]);
        Assert.Equal("[]", parent?["orders"]?.ToJsonString());
        Assert.Contains(Assert.IsType<JsonObject>(parent), member => member is { Key: "expiry", Value: null });
    }

    private static OrderState Expected(SoldService service) => service.IsSubscription
        ? new OrderState(0, "0", "Active", "5")
        : new OrderState(service.Charge, "0", "Pending", Units.Text(service.Quantity));

    private static async Task One_order_is_delivered_and_refilled(Story story)
    {
        var order = story.FirstOrders[101];
        var charge = SoldService.ById(101).Charge;
        await story.OperatorAsync("order", "take", order);
        Assert.Equal(new OrderState(charge, "0", "Processing", "309"), await story.Caller.StateAsync(order));
        await story.Folder.DoAsync("order", "start", Units.Text(order), "--start-count", "3572");
        Assert.Equal(new OrderState(charge, "3572", "In progress", "309"), await story.Caller.StateAsync(order));
        await story.Folder.DoAsync("order", "progress", Units.Text(order), "--remains", "40");
        Assert.Equal(new OrderState(charge, "3572", "In progress", "40"), await story.Caller.StateAsync(order));
        await story.OperatorAsync("order", "complete", order);
        Assert.Equal(new OrderState(charge, "3572", "Completed", "0"), await story.Caller.StateAsync(order));

        (string, string)[] which = [("order", Units.Text(order))];
        (await story.Caller.AskAsync("refill", which)).SaysError("Refill not available", "refill_not_available");
        await story.Folder.DoAsync("service", "edit", "101", "--refill-hours", "0");
        (await story.Caller.AskAsync("refill", which)).Says("""{"refill":"1"}""");
        (await story.Caller.AskAsync("refill", which)).SaysError("Refill not available", "refill_not_available");
        await RefillIs(story, "Pending");
        await story.OperatorAsync("refill", "start", 1);
        await RefillIs(story, "In progress");
        await story.OperatorAsync("refill", "complete", 1);
        await RefillIs(story, "Completed");
        await story.BalanceIsExact();
    }

    private static async Task RefillIs(Story story, string status)
    {
        (await story.Caller.AskAsync("refill_status", ("refill", "1"))).Says($$"""{"status":"{{status}}"}""");
        (await story.Caller.AskAsync("refill_status", ("refills", "1,9"))).Says(
            $$$"""[{"refill":1,"status":"{{{status}}}"},{"refill":9,"status":{"error":"Refill not found"}}]""");
    }

    private static async Task One_ends_partial_and_the_rest_is_paid_back(Story story)
    {
        var service = SoldService.ById(102);
        var order = story.FirstOrders[102];
        var owed = Units.Owed(service.Charge, 157, service.Quantity);
        await story.Folder.DoAsync("order", "partial", Units.Text(order), "--remains", "157");
        story.PaidBack(owed);
        Assert.Equal(new OrderState(service.Charge - owed, "0", "Partial", "157"), await story.Caller.StateAsync(order));
        await story.BalanceIsExact();

        var shown = await story.Folder.DoAsync("order", "show", Units.Text(order));
        Assert.Contains(Units.Write(service.Charge), shown, StringComparison.Ordinal);
        Assert.Contains(Units.Write(owed), shown, StringComparison.Ordinal);
    }

    private static async Task Cancels_pay_back_at_once_or_on_the_operators_word(Story story)
    {
        var (queued, taken, kept, firm) = (107, 108, 109, 114);
        await story.OperatorAsync("order", "take", story.FirstOrders[taken], story.FirstOrders[kept]);
        string[] ids = [.. new[] { queued, taken, kept, firm }.Select(id => Units.Text(story.FirstOrders[id]))];
        (await story.Caller.AskAsync("cancel", ("orders", string.Join(',', ids)))).Says(
            $$$"""[{"order":{{{ids[0]}}},"cancel":1},{"order":{{{ids[1]}}},"cancel":1},{"order":{{{ids[2]}}},"cancel":1},"""
            + $$$"""{"order":{{{ids[3]}}},"cancel":{"error":"Order cannot be canceled"}}]""");
        story.PaidBack(SoldService.ById(queued).Charge);
        await story.BalanceIsExact();
        Assert.Equal(
            new OrderState(0, "0", "Canceled", "14"),
            await story.Caller.StateAsync(story.FirstOrders[queued]));

        var half = SoldService.ById(taken);
        var owed = Units.Owed(half.Charge, 7, half.Quantity);
        await story.Folder.DoAsync("cancel", "accept", ids[1], "--remains", "7");
        story.PaidBack(owed);
        Assert.Equal(
            new OrderState(half.Charge - owed, "0", "Partial", "7"),
            await story.Caller.StateAsync(story.FirstOrders[taken]));

        await story.Folder.DoAsync("cancel", "refuse", ids[2]);
        var whole = SoldService.ById(kept);
        Assert.Equal("Processing", (await story.Caller.StateAsync(story.FirstOrders[kept])).Status);
        (await story.Caller.AskAsync("cancel", ("orders", ids[2])))
            .Says($$"""[{"order":{{ids[2]}},"cancel":1}]""");
        await story.Folder.DoAsync("cancel", "accept", ids[2]);
        story.PaidBack(whole.Charge);
        Assert.Equal(0, (await story.Caller.StateAsync(story.FirstOrders[kept])).Charge);
        await story.BalanceIsExact();
    }

    private static async Task The_other_dialect_sells_too(Story story)
    {
        var service = SoldService.ById(101);
        var answer = await story.CallerV1.AskAsync("add", service.Order);
        var order = answer.Accepted();
        answer.Says($$"""{"status":"success","order":{{order}}}""");
        story.Paid(service.Charge);
        (string, string)[] which = [("order", Units.Text(order))];
        var charge = Units.ChargeV1(service.Charge);
        (await story.CallerV1.AskAsync("status", which)).Says(
            $$"""{"order":"{{order}}","status":"pending","charge":"{{charge}}","start_count":"0","remains":"0"}""");
        await story.OperatorAsync("order", "take", order);
        await story.Folder.DoAsync("order", "partial", Units.Text(order), "--remains", "9");
        var owed = Units.Owed(service.Charge, 9, service.Quantity);
        story.PaidBack(owed);
        var kept = Units.ChargeV1(service.Charge - owed);
        (await story.CallerV1.AskAsync("status", which)).Says(
            $$"""{"order":"{{order}}","status":"partial","charge":"{{kept}}","start_count":"0","remains":"9"}""");
        (await story.CallerV1.AskAsync("balance")).Says(
            $$"""{"status":"success","balance":"{{Units.BalanceV1(story.Balance)}}","currency":"USD"}""");
    }

    private static async Task<(string File, List<long> Promised)> A_backup_is_taken_while_orders_come_in(Story story)
    {
        var backup = story.Folder.File("backup.db");
        List<long> promised = [.. story.FirstOrders.Values];
        using var done = new CancellationTokenSource();
        var selling = SellUntilAsync(story, done.Token);
        await Task.WhenAll(story.Folder.DoAsync("backup", backup), story.Folder.VerifyAsync());
        await done.CancelAsync();
        var sold = await selling;
        Assert.True(sold > 0, "nothing was sold while the backup was taken");
        Assert.True(File.Exists(backup));
        await story.BalanceIsExact();
        return (backup, promised);
    }

    private static async Task<int> SellUntilAsync(Story story, CancellationToken done)
    {
        var service = SoldService.ById(114);
        var sold = 0;
        while (!done.IsCancellationRequested && sold < 500)
        {
            (await story.Caller.AskAsync("add", service.Order)).Accepted();
            story.Paid(service.Charge);
            sold++;
        }

        return sold;
    }

    private static async Task The_money_runs_out_and_a_retry_still_gets_its_order(Story story)
    {
        var service = SoldService.ById(101);
        var spare = story.Balance - service.Charge;
        await story.Folder.DoAsync("reseller", "withdraw", "acme", Units.Write(spare), "--note", "paid out");
        story.Paid(spare);
        (string, string)[] wanted = [.. service.Order, ("request_id", "my-order-1")];
        var first = await story.Caller.AskAsync("add", wanted);
        first.Accepted();
        story.Paid(service.Charge);
        Assert.False(first.Replayed);
        Assert.Equal(0, story.Balance);
        await story.BalanceIsExact();

        (await story.Caller.AskAsync("add", service.Order))
            .SaysError("Not enough funds on balance", "not_enough_funds");
        Assert.All(
            [await story.Caller.AskAsync("add", wanted), await story.Caller.AskAsync("my-order-1", "add", service.Order)],
            retry =>
            {
                retry.Says(first.Body);
                Assert.True(retry.Replayed, "no Idempotent-Replayed: true");
            });
        (await story.Caller.AskAsync("add", [("request_id", "my-order-1"), .. SoldService.ById(110).Order]))
            .SaysError("Request ID was used with other parameters", "request_id_conflict");
        await story.BalanceIsExact();
    }

    private static async Task The_backup_restores_elsewhere_and_holds_every_promise(
        Story story, string backup, IReadOnlyList<long> promised)
    {
        using var elsewhere = new PanelFolder();
        await elsewhere.DoAsync("restore", backup);
        await elsewhere.VerifyAsync();
        await using var restored = await elsewhere.ServeAsync();
        using var caller = restored.Caller(story.Key);
        var states = await caller.StatesAsync(promised);
        Assert.Equal("Completed", states[story.FirstOrders[101]].Status);
        Assert.Equal("Partial", states[story.FirstOrders[102]].Status);
        (await caller.AskAsync("add", SoldService.ById(101).Order)).Accepted();
        await elsewhere.VerifyAsync();
    }
}
