using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using PanelServer.Data;
using PanelServer.Data.Engines.Sqlite;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Ledger;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Domain.Refills;

namespace PanelServer.Ledger;

/// <summary>
/// Proves the books from what is stored, believing no cached figure: ledger = balances, one charge for each order that
/// has one, refunds never above the charge, every state and move legal. Each rule holds at every moment and is proved by
/// itself, at one moment: a single long reading would keep the log from being folded away while a busy panel writes on.
/// No rule gathers rows, so memory stays flat however many orders there are.
/// </summary>
internal sealed class Verify(PanelDatabase database)
{
    /// <summary>Findings listed for one rule; a broken rule is shown, not printed a million times.</summary>
    private const int FindingsPerRule = 100;

    /// <summary>The outcomes of a sending that nobody may repeat, in SQL.</summary>
    public static readonly string Standing =
        $"{(int)SubmissionOutcome.UnderWay}, {(int)SubmissionOutcome.Accepted}, {(int)SubmissionOutcome.Unknown}";

    private const long LongLog = PanelDatabase.LogBytesKept * 3 / 2;
    private const int MaxWait = 40;
    private static readonly TimeSpan WaitStep = TimeSpan.FromMilliseconds(25);

    /// <summary>The rules: what a finding says, and the rows that break it.</summary>
    private static readonly (string Finding, string Sql)[] Rules =
    [
        ("reseller {0}: the balance {1:m} is below the floor {2:m}",
            "SELECT id, balance, floor FROM accounts WHERE id > 0 AND balance < floor"),
        ("reseller {0} has no account", "SELECT id FROM resellers WHERE id NOT IN (SELECT id FROM accounts)"),
        ("order {0}: charged {1:m} by transfer, {2:m} by the order",
            $"""
             SELECT o.id, COALESCE(t.amount, 0), o.charge
             FROM orders o
             LEFT JOIN transfers t ON t.subject = o.id AND t.kind = {(int)TransferKind.Charge} AND t.version = 0
                 AND t.from_account = o.reseller_id AND t.to_account = {Account.Sales}
             LEFT JOIN orders p ON p.id = o.parent_id
             WHERE COALESCE(t.amount, 0) <> CASE WHEN p.runs IS NULL THEN o.charge ELSE 0 END
             """),
        ("order {0}: a charge transfer without its order, or a second one",
            $"""
             SELECT t.subject FROM transfers t LEFT JOIN orders o ON o.id = t.subject
             WHERE t.kind = {(int)TransferKind.Charge} AND (o.id IS NULL OR t.version <> 0 OR t.from_account <> o.reseller_id)
             """),
        ("order {0}: refunded {1:m} by transfers, {2:m} by the order",
            $"""
             SELECT id, went_back, refunded FROM (
                 SELECT o.id, o.refunded,
                     COALESCE((SELECT SUM(CASE kind WHEN {(int)TransferKind.Refund} THEN amount ELSE -amount END) FROM transfers
                               WHERE subject = o.id AND kind IN ({(int)TransferKind.Refund}, {(int)TransferKind.Reversal})), 0)
                     + CASE WHEN o.runs IS NULL THEN 0
                       ELSE COALESCE((SELECT SUM(refunded) FROM orders WHERE parent_id = o.id), 0) END AS went_back
                 FROM orders o)
             WHERE went_back <> refunded
             """),
        ("order {0}: a refund without its order or its move, or to another reseller",
            $"""
             SELECT t.subject FROM transfers t
             LEFT JOIN orders o ON o.id = t.subject
             LEFT JOIN order_moves m ON m.order_id = t.subject AND m.version = t.version
             WHERE t.kind = {(int)TransferKind.Refund}
                 AND (o.id IS NULL OR m.order_id IS NULL OR t.to_account <> o.reseller_id OR t.from_account <> {Account.Sales})
             """),
        ("order {0}: a reversal without its order or its correction, or of another reseller",
            $"""
             SELECT t.subject FROM transfers t
             LEFT JOIN orders o ON o.id = t.subject
             LEFT JOIN order_moves m ON m.order_id = t.subject AND m.version = t.version AND m.actor = {(int)Actor.Operator}
             WHERE t.kind = {(int)TransferKind.Reversal}
                 AND (o.id IS NULL OR m.order_id IS NULL OR t.from_account <> o.reseller_id OR t.to_account <> {Account.Sales})
             """),
        ("order {0}: refunded {1:m} of a charge of {2:m}",
            "SELECT id, refunded, charge FROM orders WHERE refunded > charge OR refunded < 0"),
        ("order {0}: Completed with remains {1}",
            $"SELECT id, remains FROM orders WHERE status = {(int)OrderStatus.Completed} AND remains <> 0"),
        ("order {0}: Canceled, but {1:m} of {2:m} went back",
            $"SELECT id, refunded, charge FROM orders WHERE status = {(int)OrderStatus.Canceled} AND refunded <> charge"),
        ("order {0}: Partial with remains {1} of {2}",
            $"""
             SELECT id, remains, quantity FROM orders
             WHERE status = {(int)OrderStatus.Partial} AND runs IS NULL AND remains NOT BETWEEN 1 AND quantity - 1
             """),
        ("drip-feed {0}: {1:m} of its charge is with its runs, {2:m} should be",
            """
            SELECT p.id, SUM(c.charge),
                CASE WHEN COUNT(*) = p.runs THEN p.charge ELSE COUNT(*) * (p.charge / p.runs) END AS due
            FROM orders c JOIN orders p ON p.id = c.parent_id
            WHERE p.runs IS NOT NULL
            GROUP BY c.parent_id HAVING SUM(c.charge) <> due OR COUNT(*) > p.runs
            """),
        ("drip-feed {0}: {1} remains, its runs leave {2}",
            """
            SELECT p.id, p.remains, COALESCE(SUM(c.remains), 0) + ((p.runs - COUNT(c.id)) * (p.quantity / p.runs)) AS due
            FROM orders p LEFT JOIN orders c ON c.parent_id = p.id
            WHERE p.runs IS NOT NULL
            GROUP BY p.id HAVING p.remains <> due
            """),
        ("drip-feed {0}: it has ended, its run {1} has not",
            $"""
             SELECT p.id, c.id FROM orders p JOIN orders c ON c.parent_id = p.id
             WHERE p.runs IS NOT NULL AND {Ended("p")} AND NOT {Ended("c")}
             """),
        ("subscription {0}: {1} posts were ordered for, it has {2} children",
            """
            SELECT s.order_id, s.posts_done, COUNT(c.id) AS children
            FROM subscriptions s LEFT JOIN orders c ON c.parent_id = s.order_id
            GROUP BY s.order_id HAVING s.posts_done <> children
            """),
        ("order {0}: it has ended, yet something is to happen to it",
            $"""
             SELECT o.id FROM due d JOIN orders o ON o.id = d.order_id
             WHERE d.kind NOT IN ({(int)WorkKind.Refill}, {(int)WorkKind.SendRefill}) AND {Ended("o")}
             """),
        ("order {0}: {1} sendings of it stand, one may",
            $"""
             SELECT subject, COUNT(*) AS standing FROM sendings WHERE kind = {(int)SubmissionKind.Order} AND outcome IN ({Standing})
             GROUP BY subject HAVING standing > 1
             """),
        ("order {0}: it is queued, yet a provider has it or may have it",
            $"""
             SELECT o.id FROM sendings s JOIN orders o ON o.id = s.subject
             WHERE s.kind = {(int)SubmissionKind.Order} AND s.outcome IN ({Standing})
                 AND o.status = {(int)OrderStatus.Pending} AND o.stage = {(int)OrderStage.Queued}
             """),
        ("order {0}: a provider may have it, and nobody is to look at it",
            $"""
             SELECT o.id FROM sendings s JOIN orders o ON o.id = s.subject
             LEFT JOIN reviews r ON r.order_id = o.id AND r.closed_at IS NULL
             WHERE s.kind = {(int)SubmissionKind.Order} AND s.outcome = {(int)SubmissionOutcome.Unknown} AND r.id IS NULL AND NOT {Ended("o")}
             """),
        ("order {0}: somebody was told of it, and nobody has it",
            $"""
             SELECT o.id FROM orders o
             WHERE o.status = {(int)OrderStatus.Pending} AND o.stage = {(int)OrderStage.Submitted}
                 AND NOT EXISTS (SELECT 1 FROM sendings s
                                 WHERE s.kind = {(int)SubmissionKind.Order} AND s.subject = o.id AND s.outcome IN ({Standing}))
                 AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.order_id = o.id)
             """),
        ("order {0}: provider {1} has it, and nobody asks about it",
            $"""
             SELECT o.id, s.provider_id FROM sendings s JOIN orders o ON o.id = s.subject
             WHERE s.kind = {(int)SubmissionKind.Order} AND s.outcome = {(int)SubmissionOutcome.Accepted} AND NOT {Ended("o")}
                 AND NOT EXISTS (SELECT 1 FROM due d WHERE d.kind = {(int)WorkKind.Order} AND d.subject = o.id)
                 AND NOT EXISTS (SELECT 1 FROM order_moves m WHERE m.order_id = o.id AND m.actor = {(int)Actor.Operator})
             """),
        ("order {0}: it waits to be sent, yet it is with somebody",
            $"""
             SELECT o.id FROM due d JOIN orders o ON o.id = d.subject
             WHERE d.kind = {(int)WorkKind.Send} AND (o.stage <> {(int)OrderStage.Queued} OR o.status <> {(int)OrderStatus.Pending})
             """),
        ("order {0}: provider {1} is to be asked about it, which has it not",
            $"""
             SELECT d.subject, d.provider_id FROM due d
             LEFT JOIN sendings s ON s.kind = {(int)SubmissionKind.Order} AND s.subject = d.subject AND s.outcome = {(int)SubmissionOutcome.Accepted}
             WHERE d.kind = {(int)WorkKind.Order} AND d.provider_id IS NOT NULL AND s.provider_id IS NOT d.provider_id
             """),
        ("order {0}: not settled, but {1:m} went back",
            $"""
             SELECT id, refunded FROM orders
             WHERE status IN ({(int)OrderStatus.Pending}, {(int)OrderStatus.Processing}, {(int)OrderStatus.InProgress})
                 AND runs IS NULL AND refunded <> 0
             """),
        ("order {0}: it is at version {1}, {2} moves are written down",
            """
            SELECT id, version, moves FROM (
                SELECT id, version, (SELECT COUNT(*) FROM order_moves WHERE order_id = o.id) AS moves FROM orders o)
            WHERE version <> moves
            """),
        ("order {0}: its last move says state {1}, the order says {2}",
            """
            SELECT o.id, m.to_status, o.status
            FROM orders o JOIN order_moves m ON m.order_id = o.id AND m.version = o.version - 1
            WHERE m.to_status <> o.status
            """),
        ("order {0}: never moved, yet in state {1}",
            $"""
             SELECT id, status FROM orders
             WHERE version = 0 AND status <> CASE WHEN type = {ServiceType.Subscriptions.Id}
                 THEN {(int)OrderStatus.Active} ELSE {(int)OrderStatus.Pending} END
             """),
        ("order {0}: move {1} begins in state {2}, the one before ended in another",
            """
            SELECT m.order_id, m.version, m.from_status
            FROM order_moves m JOIN order_moves b ON b.order_id = m.order_id AND b.version = m.version - 1
            WHERE m.from_status <> b.to_status
            """),
        ("payment {0}: {1:m} by transfer, {2:m} by the payment",
            """
            SELECT p.id, COALESCE(t.amount, 0), p.amount
            FROM payments p
            LEFT JOIN transfers t ON t.subject = p.id AND t.kind = p.kind AND t.version = 0
                AND CASE p.kind WHEN 3 THEN t.to_account ELSE t.from_account END = p.reseller_id
            WHERE COALESCE(t.amount, 0) <> p.amount
            """),
        ("payment {0}: a transfer without its payment",
            """
            SELECT t.subject FROM transfers t LEFT JOIN payments p ON p.id = t.subject AND p.kind = t.kind
            WHERE t.kind IN (3, 4) AND p.id IS NULL
            """),
        ("refill {0}: of order {1}, which is not Completed",
            $"""
             SELECT r.id, r.order_id FROM refills r JOIN orders o ON o.id = r.order_id
             WHERE (o.status <> {(int)OrderStatus.Completed} AND r.status IN ({(int)RefillStatus.Pending}, {(int)RefillStatus.InProgress}))
                 OR o.reseller_id <> r.reseller_id
             """),
        ("order {0}: the id is not below the counter",
            "SELECT o.id FROM orders o JOIN panel p WHERE o.id >= p.next_order_id"),
        ("order {0}: not in the index of its reseller's orders",
            """
            SELECT o.id FROM panel p JOIN orders o ON o.id <= p.orders_indexed
            LEFT JOIN reseller_orders i ON i.reseller_id = o.reseller_id AND i.order_id = o.id
            WHERE i.order_id IS NULL
            """),
        ("the index of resellers' orders has {0} rows for {1} orders",
            """
            SELECT i.rows, o.rows
            FROM panel p
            JOIN (SELECT COUNT(*) AS rows FROM reseller_orders) i
            JOIN (SELECT COUNT(*) AS rows FROM orders WHERE id <= (SELECT orders_indexed FROM panel)) o
            WHERE p.orders_indexed >= 0 AND i.rows <> o.rows
            """),
        ("row {1} of table {0} points at nothing", "SELECT \"table\", rowid FROM pragma_foreign_key_check"),
        ("the file is damaged: {0}", "SELECT quick_check FROM pragma_quick_check WHERE quick_check <> 'ok'"),
    ];

    /// <summary>Proves the books.</summary>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <returns>One line per finding; none when the books are right.</returns>
    public IReadOnlyList<string> Run(IProgress<double>? progress = null)
    {
        try
        {
            return RunAll(progress);
        }
        catch (StorageException error) when (DamageWatch.IsDamage(error))
        {
            return [Damaged(error)];
        }
    }

    /// <summary>Proves only that balances are what their transfers sum to, which is read fastest.</summary>
    public IReadOnlyList<string> Balances()
    {
        using var connection = database.OpenReader();
        return WrongBalances(connection);
    }

    private List<string> RunAll(IProgress<double>? progress)
    {
        using var connection = database.OpenReader();
        List<Func<IEnumerable<string>>> proofs =
        [
            () => WrongBalances(connection),
            .. Rules.Concat(ChildRules.All).Concat(RowRules.All).Select(rule => (Func<IEnumerable<string>>)(() => Broken(connection, rule.Finding, rule.Sql))),
            () => Histories(connection),
            () => new DailyTotalProof(connection, FindingsPerRule).Journal(),
            () => new DailyTotalProof(connection, FindingsPerRule).Table(),
        ];
        var findings = new List<string>();
        var waits = true;
        foreach (var (at, proof) in proofs.Index())
        {
            progress?.Report((double)at / proofs.Count);
            waits = waits && LetLogBeFolded();
            findings.AddRange(Found(proof).Except(findings));
        }

        progress?.Report(1);
        return findings;
    }

    /// <summary>What a rule finds; where it stumbles over damage, that is what is found, and the others are proved all the same.</summary>
    private static List<string> Found(Func<IEnumerable<string>> proof)
    {
        var findings = new List<string>();
        try
        {
            findings.AddRange(proof());
        }
        catch (StorageException error) when (DamageWatch.IsDamage(error))
        {
            findings.Add(Damaged(error));
        }
        catch (Exception error) when (error is InvalidOperationException or OverflowException or InvalidCastException or FormatException or ArgumentException)
        {
            findings.Add($"a stored value is none that can be: {error.Message}");
        }

        return findings;
    }

    private static string Damaged(StorageException error) => $"the file is damaged: {error.Message}";

    /// <summary>
    /// While anybody reads, the writer cannot begin its log anew. Where it has grown it gets a moment without this reader.
    /// </summary>
    /// <returns>False when it did not take it: nobody writes, or another reads as well, and waiting is of no use.</returns>
    private bool LetLogBeFolded()
    {
        for (var wait = 0; wait < MaxWait && database.LogBytes > LongLog; wait++)
        {
            Thread.Sleep(WaitStep);
        }

        return database.LogBytes <= LongLog;
    }

    /// <summary>What resellers have by their transfers. Added up here: the engine would sort all transfers to group them.</summary>
    private static List<string> WrongBalances(SqliteConnection connection)
    {
        using var moment = new ReadTransaction(connection);
        var totals = new Dictionary<long, Int128>();
        using (var transfers = new Statement(connection, "SELECT from_account, to_account, amount FROM transfers"))
        {
            while (transfers.Step())
            {
                CollectionsMarshal.GetValueRefOrAddDefault(totals, transfers.Long(0), out _) -= transfers.Long(2);
                CollectionsMarshal.GetValueRefOrAddDefault(totals, transfers.Long(1), out _) += transfers.Long(2);
            }
        }

        var findings = new List<string>();
        using (var accounts = new Statement(connection, "SELECT id, balance FROM accounts WHERE id > 0 ORDER BY id"))
        {
            while (accounts.Step() && findings.Count < FindingsPerRule)
            {
                var (balance, total) = (accounts.Long(1), totals.GetValueOrDefault(accounts.Long(0)));
                if (balance != total)
                {
                    var sum = new Money((long)Int128.Clamp(total, long.MinValue, long.MaxValue));
                    findings.Add($"reseller {accounts.Int(0)}: the balance is {new Money(balance)}, its transfers sum to {sum}");
                }
            }
        }

        return findings;
    }

    private static IEnumerable<string> Broken(SqliteConnection connection, string finding, string sql)
    {
        using var rows = new Statement(connection, $"{sql} LIMIT {FindingsPerRule}");
        while (rows.Step())
        {
            var line = finding;
            for (var column = 0; column < 3; column++)
            {
                line = line
                    .Replace($"{{{column}:m}}", new Money(rows.Long(column)).ToString(), StringComparison.Ordinal)
                    .Replace($"{{{column}}}", rows.Text(column), StringComparison.Ordinal);
            }

            yield return line;
        }
    }

    private static IReadOnlyList<string> Histories(SqliteConnection connection)
    {
        using var histories = new OrderHistories(connection, FindingsPerRule);
        return histories.Findings();
    }

    /// <summary>The condition that an order has ended.</summary>
    public static string Ended(string order) =>
        $"{order}.status IN ({string.Join(", ", Enum.GetValues<OrderStatus>().Where(OrderLifecycle.IsFinal).Select(status => (int)status))})";
}
