using PanelServer.Data.Entities;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Ledger;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Domain.Refills;

namespace PanelServer.Data.Engines.Sqlite.Books;

/// <summary>A rule of the books.</summary>
/// <param name="Finding">What is said of a row that breaks it, with its columns in braces.</param>
/// <param name="Sql">The rows that break it.</param>
internal sealed record BookRule(string Finding, string Sql);

/// <summary>The rules that one statement proves; what takes arithmetic is proved by the ledger.</summary>
internal static class BookRules
{
    /// <summary>The outcomes of a sending that nobody may repeat, in SQL.</summary>
    public static readonly string Standing =
        $"{(int)SubmissionOutcome.UnderWay}, {(int)SubmissionOutcome.Accepted}, {(int)SubmissionOutcome.Unknown}";

    /// <summary>Rules about orders, money and what is under way.</summary>
    private static readonly BookRule[] Whole =
    [
        new("reseller {0}: the balance {1:m} is below the floor {2:m}",
            "SELECT id, balance, floor FROM accounts WHERE id > 0 AND balance < floor"),
        new("reseller {0} has no account", "SELECT id FROM resellers WHERE id NOT IN (SELECT id FROM accounts)"),
        new("order {0}: charged {1:m} by transfer, {2:m} by the order",
            $"""
             SELECT o.id, COALESCE(t.amount, 0), o.charge
             FROM orders o
             LEFT JOIN transfers t ON t.subject = o.id AND t.kind = {(int)TransferKind.Charge} AND t.version = 0
                 AND t.from_account = o.reseller_id AND t.to_account = {Account.Sales}
             LEFT JOIN orders p ON p.id = o.parent_id
             WHERE COALESCE(t.amount, 0) <> CASE WHEN p.runs IS NULL THEN o.charge ELSE 0 END
             """),
        new("order {0}: a charge transfer without its order, or a second one",
            $"""
             SELECT t.subject FROM transfers t LEFT JOIN orders o ON o.id = t.subject
             WHERE t.kind = {(int)TransferKind.Charge} AND (o.id IS NULL OR t.version <> 0 OR t.from_account <> o.reseller_id)
             """),
        new("order {0}: refunded {1:m} by transfers, {2:m} by the order",
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
        new("order {0}: a refund without its order or its move, or to another reseller",
            $"""
             SELECT t.subject FROM transfers t
             LEFT JOIN orders o ON o.id = t.subject
             LEFT JOIN order_moves m ON m.order_id = t.subject AND m.version = t.version
             WHERE t.kind = {(int)TransferKind.Refund}
                 AND (o.id IS NULL OR m.order_id IS NULL OR t.to_account <> o.reseller_id OR t.from_account <> {Account.Sales})
             """),
        new("order {0}: a reversal without its order or its correction, or of another reseller",
            $"""
             SELECT t.subject FROM transfers t
             LEFT JOIN orders o ON o.id = t.subject
             LEFT JOIN order_moves m ON m.order_id = t.subject AND m.version = t.version AND m.actor = {(int)Actor.Operator}
             WHERE t.kind = {(int)TransferKind.Reversal}
                 AND (o.id IS NULL OR m.order_id IS NULL OR t.from_account <> o.reseller_id OR t.to_account <> {Account.Sales})
             """),
        new("order {0}: refunded {1:m} of a charge of {2:m}",
            "SELECT id, refunded, charge FROM orders WHERE refunded > charge OR refunded < 0"),
        new("order {0}: Completed with remains {1}",
            $"SELECT id, remains FROM orders WHERE status = {(int)OrderStatus.Completed} AND remains <> 0"),
        new("order {0}: Canceled, but {1:m} of {2:m} went back",
            $"SELECT id, refunded, charge FROM orders WHERE status = {(int)OrderStatus.Canceled} AND refunded <> charge"),
        new("order {0}: Partial with remains {1} of {2}",
            $"""
             SELECT id, remains, quantity FROM orders
             WHERE status = {(int)OrderStatus.Partial} AND runs IS NULL AND remains NOT BETWEEN 1 AND quantity - 1
             """),
        new("drip-feed {0}: {1:m} of its charge is with its runs, {2:m} should be",
            """
            SELECT p.id, SUM(c.charge),
                CASE WHEN COUNT(*) = p.runs THEN p.charge ELSE COUNT(*) * (p.charge / p.runs) END AS due
            FROM orders c JOIN orders p ON p.id = c.parent_id
            WHERE p.runs IS NOT NULL
            GROUP BY c.parent_id HAVING SUM(c.charge) <> due OR COUNT(*) > p.runs
            """),
        new("drip-feed {0}: {1} remains, its runs leave {2}",
            """
            SELECT p.id, p.remains, COALESCE(SUM(c.remains), 0) + ((p.runs - COUNT(c.id)) * (p.quantity / p.runs)) AS due
            FROM orders p LEFT JOIN orders c ON c.parent_id = p.id
            WHERE p.runs IS NOT NULL
            GROUP BY p.id HAVING p.remains <> due
            """),
        new("drip-feed {0}: it has ended, its run {1} has not",
            $"""
             SELECT p.id, c.id FROM orders p JOIN orders c ON c.parent_id = p.id
             WHERE p.runs IS NOT NULL AND {Ended("p")} AND NOT {Ended("c")}
             """),
        new("subscription {0}: {1} posts were ordered for, it has {2} children",
            """
            SELECT s.order_id, s.posts_done, COUNT(c.id) AS children
            FROM subscriptions s LEFT JOIN orders c ON c.parent_id = s.order_id
            GROUP BY s.order_id HAVING s.posts_done <> children
            """),
        new("order {0}: it has ended, yet something is to happen to it",
            $"""
             SELECT o.id FROM due d JOIN orders o ON o.id = d.order_id
             WHERE d.kind NOT IN ({(int)WorkKind.Refill}, {(int)WorkKind.SendRefill}) AND {Ended("o")}
             """),
        new("order {0}: {1} sendings of it stand, one may",
            $"""
             SELECT subject, COUNT(*) AS standing FROM sendings WHERE kind = {(int)SubmissionKind.Order} AND outcome IN ({Standing})
             GROUP BY subject HAVING standing > 1
             """),
        new("order {0}: it is queued, yet a provider has it or may have it",
            $"""
             SELECT o.id FROM sendings s JOIN orders o ON o.id = s.subject
             WHERE s.kind = {(int)SubmissionKind.Order} AND s.outcome IN ({Standing})
                 AND o.status = {(int)OrderStatus.Pending} AND o.stage = {(int)OrderStage.Queued}
             """),
        new("order {0}: a provider may have it, and nobody is to look at it",
            $"""
             SELECT o.id FROM sendings s JOIN orders o ON o.id = s.subject
             LEFT JOIN reviews r ON r.order_id = o.id AND r.closed_at IS NULL
             WHERE s.kind = {(int)SubmissionKind.Order} AND s.outcome = {(int)SubmissionOutcome.Unknown} AND r.id IS NULL AND NOT {Ended("o")}
             """),
        new("order {0}: somebody was told of it, and nobody has it",
            $"""
             SELECT o.id FROM orders o
             WHERE o.status = {(int)OrderStatus.Pending} AND o.stage = {(int)OrderStage.Submitted}
                 AND NOT EXISTS (SELECT 1 FROM sendings s
                                 WHERE s.kind = {(int)SubmissionKind.Order} AND s.subject = o.id AND s.outcome IN ({Standing}))
                 AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.order_id = o.id)
             """),
        new("order {0}: provider {1} has it, and nobody asks about it",
            $"""
             SELECT o.id, s.provider_id FROM sendings s JOIN orders o ON o.id = s.subject
             WHERE s.kind = {(int)SubmissionKind.Order} AND s.outcome = {(int)SubmissionOutcome.Accepted} AND NOT {Ended("o")}
                 AND NOT EXISTS (SELECT 1 FROM due d WHERE d.kind = {(int)WorkKind.Order} AND d.subject = o.id)
                 AND NOT EXISTS (SELECT 1 FROM order_moves m WHERE m.order_id = o.id AND m.actor = {(int)Actor.Operator})
             """),
        new("order {0}: it waits to be sent, yet it is with somebody",
            $"""
             SELECT o.id FROM due d JOIN orders o ON o.id = d.subject
             WHERE d.kind = {(int)WorkKind.Send} AND (o.stage <> {(int)OrderStage.Queued} OR o.status <> {(int)OrderStatus.Pending})
             """),
        new("order {0}: provider {1} is to be asked about it, which has it not",
            $"""
             SELECT d.subject, d.provider_id FROM due d
             LEFT JOIN sendings s ON s.kind = {(int)SubmissionKind.Order} AND s.subject = d.subject AND s.outcome = {(int)SubmissionOutcome.Accepted}
             WHERE d.kind = {(int)WorkKind.Order} AND d.provider_id IS NOT NULL AND s.provider_id IS NOT d.provider_id
             """),
        new("order {0}: not settled, but {1:m} went back",
            $"""
             SELECT id, refunded FROM orders
             WHERE status IN ({(int)OrderStatus.Pending}, {(int)OrderStatus.Processing}, {(int)OrderStatus.InProgress})
                 AND runs IS NULL AND refunded <> 0
             """),
        new("order {0}: it is at version {1}, {2} moves are written down",
            """
            SELECT id, version, moves FROM (
                SELECT id, version, (SELECT COUNT(*) FROM order_moves WHERE order_id = o.id) AS moves FROM orders o)
            WHERE version <> moves
            """),
        new("order {0}: its last move says state {1}, the order says {2}",
            """
            SELECT o.id, m.to_status, o.status
            FROM orders o JOIN order_moves m ON m.order_id = o.id AND m.version = o.version - 1
            WHERE m.to_status <> o.status
            """),
        new("order {0}: never moved, yet in state {1}",
            $"""
             SELECT id, status FROM orders
             WHERE version = 0 AND status <> CASE WHEN type = {ServiceType.Subscriptions.Id}
                 THEN {(int)OrderStatus.Active} ELSE {(int)OrderStatus.Pending} END
             """),
        new("order {0}: move {1} begins in state {2}, the one before ended in another",
            """
            SELECT m.order_id, m.version, m.from_status
            FROM order_moves m JOIN order_moves b ON b.order_id = m.order_id AND b.version = m.version - 1
            WHERE m.from_status <> b.to_status
            """),
        new("payment {0}: {1:m} by transfer, {2:m} by the payment",
            """
            SELECT p.id, COALESCE(t.amount, 0), p.amount
            FROM payments p
            LEFT JOIN transfers t ON t.subject = p.id AND t.kind = p.kind AND t.version = 0
                AND CASE p.kind WHEN 3 THEN t.to_account ELSE t.from_account END = p.reseller_id
            WHERE COALESCE(t.amount, 0) <> p.amount
            """),
        new("payment {0}: a transfer without its payment",
            """
            SELECT t.subject FROM transfers t LEFT JOIN payments p ON p.id = t.subject AND p.kind = t.kind
            WHERE t.kind IN (3, 4) AND p.id IS NULL
            """),
        new("refill {0}: of order {1}, which is not Completed",
            $"""
             SELECT r.id, r.order_id FROM refills r JOIN orders o ON o.id = r.order_id
             WHERE (o.status <> {(int)OrderStatus.Completed} AND r.status IN ({(int)RefillStatus.Pending}, {(int)RefillStatus.InProgress}))
                 OR o.reseller_id <> r.reseller_id
             """),
        new("order {0}: the id is not below the counter",
            "SELECT o.id FROM orders o JOIN panel p WHERE o.id >= p.next_order_id"),
        new("order {0}: not in the index of its reseller's orders",
            """
            SELECT o.id FROM panel p JOIN orders o ON o.id <= p.orders_indexed
            LEFT JOIN reseller_orders i ON i.reseller_id = o.reseller_id AND i.order_id = o.id
            WHERE i.order_id IS NULL
            """),
        new("the index of resellers' orders has {0} rows for {1} orders",
            """
            SELECT i.rows, o.rows
            FROM panel p
            JOIN (SELECT COUNT(*) AS rows FROM reseller_orders) i
            JOIN (SELECT COUNT(*) AS rows FROM orders WHERE id <= (SELECT orders_indexed FROM panel)) o
            WHERE p.orders_indexed >= 0 AND i.rows <> o.rows
            """),
        new("row {1} of table {0} points at nothing", "SELECT \"table\", rowid FROM pragma_foreign_key_check"),
        new("the file is damaged: {0}", "SELECT quick_check FROM pragma_quick_check WHERE quick_check <> 'ok'"),
    ];

    /// <summary>Every rule, in the order in which they are proved.</summary>
    public static readonly BookRule[] All = [.. Whole, .. ChildRules.All, .. RowRules.All];

    /// <summary>The condition that an order has ended.</summary>
    public static string Ended(string order) =>
        $"{order}.status IN ({string.Join(", ", Enum.GetValues<OrderStatus>().Where(OrderLifecycle.IsFinal).Select(status => (int)status))})";
}
