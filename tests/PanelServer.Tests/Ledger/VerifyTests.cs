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
    public async Task A_wrong_book_is_found(string damage, string finding)
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
