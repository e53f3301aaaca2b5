namespace PanelServer.Tests.Ledger;

/// <summary>The proof finds each thing that can be wrong with the books. A proof that finds nothing proves nothing.</summary>
public sealed class VerifyTests
{
    private const string Sent = "INSERT INTO providers (id, name, url, secret, created_at) VALUES (1, 'p', 'u', 's', 0);";
    private const string Row = "INSERT INTO sendings (kind, subject, order_id, provider_id, quantity, started_at, ended_at, outcome, upstream_id) VALUES (1, 23503, 23503, 1, 100, 0, 0,";
    private const string Accepted = $"{Row} 1, '7');";
    private const string Unknown = $"{Row} 4, NULL);";

    // Order 23501 is Partial (paid back), 23502 is Completed, 23503 is Pending; 23504 is a drip-feed of two runs of which
    // 23506 has started, 23505 a subscription whose post is 23507; reseller 1 is demo.
    [Theory]
    [InlineData("UPDATE accounts SET balance = balance + 1 WHERE id = 1", "reseller 1: the balance is")]
    [InlineData("UPDATE accounts SET balance = -5 WHERE id = 3", "below the floor")]
    [InlineData("DELETE FROM transfers WHERE subject = 23503 AND kind = 1", "order 23503: charged 0.00000 by transfer")]
    [InlineData("UPDATE transfers SET amount = amount + 1 WHERE subject = 23503 AND kind = 1", "order 23503: charged")]
    [InlineData("INSERT INTO transfers VALUES (23503, 1, 1, 1, -2, 5, 0)", "order 23503: a charge transfer without its order, or a second one")]
    [InlineData("INSERT INTO transfers VALUES (99999, 1, 0, 1, -2, 5, 0)", "order 99999: a charge transfer without its order")]
    [InlineData("DELETE FROM transfers WHERE subject = 23501 AND kind = 2", "order 23501: refunded 0.00000 by transfers")]
    [InlineData("INSERT INTO transfers VALUES (23503, 2, 0, -2, 1, 5, 0)", "order 23503: a refund without its order or its move")]
    [InlineData("UPDATE orders SET refunded = charge + 1 WHERE id = 23501", "order 23501: refunded 0.09001 of a charge of 0.09000")]
    [InlineData("UPDATE orders SET remains = 1 WHERE id = 23502", "order 23502: Completed with remains 1")]
    [InlineData("UPDATE orders SET status = 5 WHERE id = 23501", "order 23501: Canceled, but")]
    [InlineData("UPDATE orders SET remains = 0 WHERE id = 23501", "order 23501: Partial with remains 0 of 100")]
    [InlineData("UPDATE orders SET refunded = 1 WHERE id = 23503", "order 23503: not settled, but 0.00001 went back")]
    [InlineData("UPDATE orders SET version = 7 WHERE id = 23502", "order 23502: it is at version 7, 1 moves are written down")]
    [InlineData("UPDATE orders SET status = 1 WHERE id = 23502", "order 23502: its last move says state 3, the order says 1")]
    [InlineData("UPDATE orders SET status = 2 WHERE id = 23503", "order 23503: never moved, yet in state 2")]
    [InlineData("UPDATE order_moves SET from_status = 1 WHERE order_id = 23501 AND version = 1", "order 23501: move 1 begins in state 1")]
    [InlineData("UPDATE order_moves SET from_status = 5, actor = 2 WHERE order_id = 23502", "order 23502: move 0 from Canceled to Completed does not exist")]
    [InlineData("UPDATE payments SET amount = amount + 1 WHERE id = 1", "payment 1: 100.84292 by transfer")]
    [InlineData("DELETE FROM payments WHERE id = 1", "payment 1: a transfer without its payment")]
    [InlineData("UPDATE panel SET next_order_id = 23503", "order 23503: the id is not below the counter")]
    [InlineData("DELETE FROM accounts WHERE id = 3", "reseller 3 has no account")]
    [InlineData("INSERT INTO refills VALUES (1, 23503, 1, 0, 0, 0)", "refill 1: of order 23503, which is not Completed")]
    [InlineData("UPDATE orders SET service_id = 777 WHERE id = 23503", "row 23503 of table orders points at nothing")]
    [InlineData("UPDATE orders SET remains = 56 WHERE id = 23501", "order 23501: 0.05130 went back, its remains are worth 0.05040")]
    [InlineData("INSERT INTO transfers VALUES (23501, 5, 9, 1, -2, 5, 0)", "order 23501: a reversal without its order or its correction")]
    [InlineData("INSERT INTO transfers VALUES (23501, 5, 1, 1, -2, 5, 0)", "order 23501: refunded 0.05125 by transfers, 0.05130 by the order")]
    [InlineData("UPDATE orders SET charge = charge + 1 WHERE id = 23506", "drip-feed 23504: 0.04501 of its charge is with its runs, 0.04500 should be")]
    [InlineData("UPDATE orders SET remains = 49 WHERE id = 23506", "drip-feed 23504: 100 remains, its runs leave 99")]
    [InlineData("UPDATE orders SET refunded = 1 WHERE id = 23506", "order 23504: refunded 0.00001 by transfers, 0.00000 by the order")]
    [InlineData("UPDATE orders SET status = 4 WHERE id = 23504", "drip-feed 23504: it has ended, its run 23506 has not")]
    [InlineData("UPDATE subscriptions SET posts_done = 5", "subscription 23505: 5 posts were ordered for, it has 1 children")]
    [InlineData("INSERT INTO due VALUES (1, 23502, 23502, NULL, 0, 0, 0)", "order 23502: it has ended, yet something is to happen to it")]
    [InlineData("UPDATE order_moves SET actor = 1 WHERE order_id = 23504", "order 23504: move 0 from Pending to InProgress does not exist")]
    [InlineData($"{Sent} {Accepted}", "order 23503: it is queued, yet a provider has it or may have it")]
    [InlineData($"{Sent} {Accepted} DROP INDEX sendings_alone; {Unknown}", "order 23503: 2 sendings of it stand, one may")]
    [InlineData($"{Sent} {Unknown} UPDATE orders SET stage = 1 WHERE id = 23503", "order 23503: a provider may have it, and nobody is to look at it")]
    [InlineData($"{Sent} INSERT INTO due VALUES (7, 23503, 23503, 1, 0, 0, 0); UPDATE orders SET stage = 1 WHERE id = 23503", "order 23503: it waits to be sent, yet it is with somebody")]
    [InlineData("UPDATE orders SET stage = 1 WHERE id = 23503", "order 23503: somebody was told of it, and nobody has it")]
    [InlineData($"{Sent} {Accepted} DELETE FROM due WHERE kind = 1 AND subject = 23503", "order 23503: provider 1 has it, and nobody asks about it")]
    [InlineData($"{Sent} UPDATE due SET provider_id = 1 WHERE kind = 1 AND subject = 23503", "order 23503: provider 1 is to be asked about it, which has it not")]
    public Task A_wrong_book_is_found(string damage, string finding) => ProveAsync(damage, finding);

    // As a forger would who knows the tables: nothing that one rule alone looks at is left behind.
    private const string Gone = "DELETE FROM transfers WHERE kind IN (1, 2, 5) AND subject";

    [Theory]
    [InlineData(
        "UPDATE orders SET charge = charge + 10 WHERE id = 23503; UPDATE transfers SET amount = amount + 10 WHERE subject = 23503 AND kind = 1; UPDATE accounts SET balance = balance - 10 WHERE id = 1",
        "order 23503: 0.09010 was charged, 100 at a rate of 0.90 are 0.09000")]
    [InlineData(
        "UPDATE orders SET charge = charge - 10 WHERE id = 23507; UPDATE transfers SET amount = amount - 10 WHERE subject = 23507 AND kind = 1; UPDATE accounts SET balance = balance + 10 WHERE id = 1",
        "order 23507:")]
    [InlineData("UPDATE orders SET charge = charge * 2, refunded = refunded * 2 WHERE id = 23501; UPDATE transfers SET amount = amount * 2 WHERE subject = 23501", "order 23501: 0.18000 was charged")]
    [InlineData("UPDATE orders SET charge = 0, type = 16, status = 6 WHERE id = 23503; DELETE FROM transfers WHERE subject = 23503 AND kind = 1", "subscription 23503: what it orders is missing")]
    [InlineData("UPDATE orders SET quantity = 99 WHERE id = 23504", "order 23504: 99 cannot be split into 2 equal runs")]
    [InlineData("UPDATE orders SET quantity = 2, remains = 2 WHERE id = 23508", "order 23508: a package of 2")]
    [InlineData("UPDATE orders SET quantity = 20, remains = 20, charge = 40000 WHERE id = 23509; UPDATE transfers SET amount = 40000 WHERE subject = 23509 AND kind = 1", "order 23509: 20 were ordered by 10 lines")]
    [InlineData("UPDATE orders SET type = 99 WHERE id = 23503", "order 23503: there is no such type of service")]
    [InlineData("UPDATE transfers SET from_account = 2 WHERE subject = 1 AND kind = 3; UPDATE accounts SET balance = balance - 10084292 WHERE id = 2", "payment 1: booked from account 2 to account 1")]
    [InlineData("UPDATE transfers SET from_account = -2 WHERE subject = 1 AND kind = 3", "payment 1: booked from account -2 to account 1")]
    [InlineData("UPDATE payments SET amount = amount + 5 WHERE id = 1; UPDATE transfers SET amount = amount + 5 WHERE subject = 1 AND kind = 3; UPDATE accounts SET balance = balance + 5 WHERE id = 1", "payment 1: of 100.84297, and the audit does not know it so")]
    [InlineData("INSERT INTO payments (id, reseller_id, kind, amount, note, created_at) VALUES (4, 1, 3, 5, 'n', 0); INSERT INTO transfers VALUES (4, 3, 0, -1, 1, 5, 0); UPDATE accounts SET balance = balance + 5 WHERE id = 1", "payment 4: of 0.00005, and the audit does not know it so")]
    [InlineData("DELETE FROM payments WHERE id = 3; DELETE FROM transfers WHERE kind = 3 AND subject = 3; UPDATE accounts SET balance = 0 WHERE id = 4", "payment 3: the audit knows it, and it is missing")]
    [InlineData("UPDATE payments SET created_at = 5 WHERE id = 1", "payment 1: booked at")]
    [InlineData("DELETE FROM payments WHERE id = 1; DELETE FROM transfers WHERE kind = 3 AND subject = 1; UPDATE accounts SET balance = balance - 10084292 WHERE id = 1", "table payments:")]
    [InlineData($"{Gone} = 23503; DELETE FROM due WHERE order_id = 23503; DELETE FROM orders WHERE id = 23503; UPDATE accounts SET balance = balance + 9000 WHERE id = 1", "order 23503: it is missing, its id was given")]
    [InlineData($"DROP TRIGGER moves_remain; {Gone} = 23501; DELETE FROM order_moves WHERE order_id = 23501; DELETE FROM orders WHERE id = 23501", "order 23501: it is missing, its id was given")]
    [InlineData($"{Gone} IN (23508, 23509); DELETE FROM due WHERE order_id > 23507; DELETE FROM orders WHERE id > 23507", "orders 23508 to 23509: they are missing, their ids were given")]
    [InlineData("UPDATE panel SET next_order_id = next_order_id + 1", "order 23510: it is missing, its id was given")]
    [InlineData("UPDATE accounts SET floor = -100000 WHERE id = 1", "reseller 1: the floor is -1.00000, and he has no credit")]
    [InlineData("INSERT INTO accounts VALUES (99, 0, 0)", "account 99: no reseller has it")]
    [InlineData("DELETE FROM api_keys WHERE id = 1", "table api_keys:")]
    [InlineData("DELETE FROM resellers WHERE id = 2; DELETE FROM accounts WHERE id = 2", "table resellers:")]
    [InlineData("UPDATE panel SET next_refill_id = 2", "refill 1: it is missing, its id was given")]
    [InlineData("UPDATE panel SET next_refill_id = 4; INSERT INTO refills VALUES (3, 23502, 1, 2, 0, 0)", "refill 1: it is missing, its id was given")]
    [InlineData("INSERT INTO refills VALUES (1, 23502, 1, 2, 0, 0)", "refill 1: the id is not below the counter")]
    [InlineData("UPDATE panel SET next_refill_id = 2; INSERT INTO refills VALUES (1, 23501, 1, 2, 0, 0)", "refill 1: order 23501 was never Completed")]
    [InlineData("INSERT INTO due (kind, subject, order_id, at) VALUES (2, 1, 23502, 0)", "refill 1: it is due, and there is none of order 23502")]
    [InlineData("UPDATE panel SET next_refill_id = 2; INSERT INTO refills VALUES (1, 23502, 1, 0, 0, 0); INSERT INTO due (kind, subject, order_id, at) VALUES (2, 1, 23503, 0)", "refill 1: it is due, and there is none of order 23503")]
    [InlineData("INSERT INTO due (kind, subject, order_id, at) VALUES (3, 23503, 23503, 0)", "order 23503: a cancel request is due, and there is none")]
    [InlineData("INSERT INTO cancels VALUES (2, 23503, 1, 2, 0, 0)", "table cancels: 2 ids were given, 1 rows are there")]
    [InlineData("INSERT INTO cancels VALUES (1, 23502, 1, 0, 0, 0)", "cancel request 1: it waits for an answer, order 23502 has ended")]
    [InlineData("INSERT INTO cancels VALUES (1, 23503, 1, 1, 0, 0)", "cancel request 1: it was accepted, order 23503 goes on")]
    [InlineData("INSERT INTO cancels VALUES (1, 23503, 2, 2, 0, 0)", "cancel request 1: order 23503 is another reseller's")]
    [InlineData("DROP TRIGGER audit_remains; DELETE FROM audit WHERE id = 1", "table audit:")]
    [InlineData("DROP TRIGGER audit_remains", "the guard audit_remains of the database is missing")]
    [InlineData("UPDATE order_moves SET remains = 56 WHERE order_id = 23501 AND version = 1", "order 23501: its last move leaves 56, the order says 57")]
    [InlineData("UPDATE order_moves SET remains = 56 WHERE order_id = 23501 AND version = 1", "order 23501: 0.05130 had gone back with move 1, its remains of 56 are worth 0.05040")]
    [InlineData(
        "INSERT INTO order_moves SELECT 23502, 1, at, 1, 3, 5, 0, 'x' FROM order_moves WHERE order_id = 23502; INSERT INTO transfers SELECT 23502, 2, 1, -2, 1, 9000, at FROM order_moves WHERE order_id = 23502 AND version = 0; UPDATE orders SET status = 5, version = 2, refunded = 9000, completed_at = NULL WHERE id = 23502; UPDATE accounts SET balance = balance + 9000 WHERE id = 1",
        "order 23502: its moves correct it 1 times, the audit knows 0")]
    [InlineData("UPDATE order_moves SET remains = 101 WHERE order_id = 23501 AND version = 0", "order 23501: move 0 leaves 101 of 100")]
    [InlineData("UPDATE order_moves SET version = 7 WHERE order_id = 23502", "order 23502: move 0 is missing, move 7 is there")]
    [InlineData("UPDATE order_moves SET from_status = 1 WHERE order_id = 23502", "order 23502: move 0 begins in state Processing, an order begins in Pending")]
    [InlineData("UPDATE orders SET completed_at = completed_at + 86400000 WHERE id = 23502", "order 23502: completed at")]
    [InlineData("UPDATE orders SET completed_at = 5 WHERE id = 23501", "order 23501: completed at 5, by its moves at no time")]
    [InlineData("UPDATE orders SET created_at = created_at - 5 WHERE id = 23503", "order 23503: 0.09000 was booked at")]
    [InlineData("UPDATE order_moves SET at = at + 5 WHERE order_id = 23501", "order 23501: 0.05130 was booked at")]
    [InlineData("UPDATE orders SET charge = charge - 1 WHERE id = 23506; UPDATE orders SET charge = charge WHERE id = 23504", "order 23506: 0.04499 of its drip-feed's charge is with this run, 0.04500 should be")]
    [InlineData("UPDATE orders SET link = 'another' WHERE id = 23506", "order 23506: it is not what drip-feed 23504 orders in each run")]
    [InlineData("UPDATE orders SET quantity = 51 WHERE id = 23507", "order 23507: it is not what subscription 23505 orders for a post")]
    [InlineData("UPDATE orders SET reseller_id = 2 WHERE id = 23507", "order 23507: it is not what subscription 23505 orders for a post")]
    [InlineData("UPDATE orders SET parent_id = 23502 WHERE id = 23503", "order 23503: its parent 23502 is neither a drip-feed nor a subscription")]
    [InlineData("DELETE FROM subscriptions", "subscription 23505: what it orders is missing")]
    [InlineData("INSERT INTO transfers VALUES (23504, 2, 0, -2, 1, 4500, 0); UPDATE orders SET refunded = 4500 WHERE id = 23504; UPDATE accounts SET balance = balance + 4500 WHERE id = 1", "drip-feed 23504: 0.04500 went back for runs that did not start, 0.00000 should have")]
    [InlineData("DELETE FROM due WHERE kind = 4", "drip-feed 23504: 0.00000 went back for runs that did not start, 0.04500 should have")]
    [InlineData($"{Sent} {Accepted} INSERT INTO link_holds VALUES (23503, 'p', 0, NULL)", "order 23503: held because of its link, and a provider has it or may have it")]
    [InlineData("INSERT INTO audit (at, action, subject, detail) SELECT 0, 'key revoke', prefix, '' FROM api_keys WHERE id = 1", "it was revoked, and is in use")]
    [InlineData("DROP TRIGGER sales_journal_remains; DELETE FROM sales_journal WHERE order_id = 23501", "order 23501: the sales journal is not what its transfers and its sendings say")]
    [InlineData("DROP TRIGGER sales_journal_stays; UPDATE sales_journal SET at = at + 5 WHERE order_id = 23501", "order 23501: the sales journal is not what its transfers and its sendings say")]
    [InlineData("DROP TRIGGER sales_journal_stays; UPDATE sales_journal SET amount = amount - 1 WHERE order_id = 23501", "order 23501: the sales journal is not what its transfers and its sendings say")]
    [InlineData("INSERT INTO sales_journal (kind, order_id, version, amount, at) VALUES (1, 23502, 0, 0, 0)", "order 23502: the sales journal is not what its transfers and its sendings say")]
    [InlineData($"{Sent} INSERT INTO sales_journal (kind, order_id, provider_id, amount, at) VALUES (2, 23503, 1, 0, 0)", "order 23503: the sales journal is not what its transfers and its sendings say")]
    [InlineData($"{Sent} {Accepted}", "order 23503: the sales journal is not what its transfers and its sendings say")]
    [InlineData($"{Sent} {Accepted} INSERT INTO sales_journal (kind, order_id, provider_id, amount, at) VALUES (2, 23503, 1, 7, 0)", "order 23503: the sales journal is not what its transfers and its sendings say")]
    [InlineData("INSERT INTO daily_totals VALUES (20484, 1, 1, 0, 0, 5, 0, 0)", "table of days, 2026-01-31: it is not what the orders and the sales journal add up to")]
    [InlineData("INSERT INTO daily_totals VALUES (20484, 1, 1, 0, 1, 5, 0, 0), (20484, 1, 2, 0, -1, -5, 0, 0)", "table of days, 2026-01-31: it is not what the orders and the sales journal add up to")]
    [InlineData("UPDATE panel SET days_orders = 23502", "table of days, 20")]
    [InlineData("UPDATE panel SET days_journal = 1", "table of days, 20")]
    public Task A_forged_book_is_found(string forgery, string finding) => ProveAsync(forgery, finding);

    private static async Task ProveAsync(string damage, string finding)
    {
        await using var panel = TestPanel.Sandbox();
        await panel.OrderAsync(link: "https://example.com/1");
        await panel.OrderAsync(link: "https://example.com/2");
        await panel.OrderAsync(link: "https://example.com/3");
        await panel.VerbAsync("order", "start", "23501");
        await panel.VerbAsync("order", "partial", "23501", "--remains", "57");
        await panel.VerbAsync("order", "complete", "23502");
        await panel.DemoAsync(
            ("action", "add"), ("service", "1"), ("link", "l"), ("quantity", "50"), ("runs", "2"), ("interval", "60"));
        await panel.DemoAsync(
            ("action", "add"), ("service", "4"), ("username", "u"), ("min", "20"), ("max", "50"), ("delay", "0"));
        await panel.ControlAsync("POST", "/sandbox/subscriptions/23505/posts", """{"count":1}""");
        await panel.AdvanceAsync("00:00:01");
        await panel.DemoAsync(("action", "add"), ("service", "3"), ("link", "l"));
        await panel.DemoAsync(
            ("action", "add"), ("service", "2"), ("link", "l"), ("comments", string.Join('\n', Enumerable.Range(1, 10).Select(line => $"nice {line}"))));
        await panel.VerbAsync("service", "edit", "1", "--max", "9000");
        Assert.Equal("the books are right", await panel.VerbAsync("verify"));

        panel.Tamper(
            $"""
             DROP TRIGGER transfers_stay; DROP TRIGGER transfers_remain; DROP TRIGGER moves_stay;
             {damage};
             """);
        var (exit, output, _) = await panel.TryVerbAsync("verify");

        Assert.Equal(1, exit);
        Assert.Contains(finding, output, StringComparison.Ordinal);
    }
}
