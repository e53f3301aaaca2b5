using PanelServer.Data.Entities;
using PanelServer.Domain.Cancels;
using PanelServer.Domain.Ledger;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;

namespace PanelServer.Data.Engines.Sqlite.Books;

/// <summary>
/// Rules of the books about single rows: those that were taken away, those that nobody made, and what of them
/// was changed without the rest.
/// </summary>
internal static class RowRules
{
    private const int Deposit = (int)TransferKind.Deposit;
    private const int Withdrawal = (int)TransferKind.Withdrawal;

    /// <summary>Tables whose ids the engine counts from 1 and of which no row is ever removed.</summary>
    private static readonly string[] Lasting = ["api_keys", "audit", "cancels", "payments", "resellers", "sendings"];

    /// <summary>Payments as the audit knows them; older versions did not write them there.</summary>
    private const string AuditedPayments =
        """
        SELECT CAST(SUBSTR(detail, 9) AS INTEGER) AS payment, amount FROM audit
        WHERE action IN ('reseller deposit', 'reseller withdraw') AND amount IS NOT NULL AND detail LIKE 'payment %'
        """;

    private static readonly string[] Guards =
    [
        "audit_remains", "audit_stays", "moves_remain", "moves_stay", "sales_journal_remains", "sales_journal_stays", "transfers_remain",
        "transfers_stay",
    ];

    /// <summary>The rules.</summary>
    public static readonly BookRule[] All =
    [
        new("reseller {0}: the floor is {1:m}, and he has no credit", "SELECT id, floor FROM accounts WHERE id > 0 AND floor <> 0"),
        new("account {0}: no reseller has it", "SELECT id FROM accounts WHERE id > 0 AND id NOT IN (SELECT id FROM resellers)"),
        new("payment {0}: booked from account {1} to account {2}",
            $"""
             SELECT t.subject, t.from_account, t.to_account FROM payments p
             JOIN transfers t ON t.subject = p.id AND t.kind = p.kind
             WHERE t.version <> 0
                 OR t.from_account <> CASE t.kind WHEN {Deposit} THEN {Account.Outside} ELSE p.reseller_id END
                 OR t.to_account <> CASE t.kind WHEN {Deposit} THEN p.reseller_id ELSE {Account.Outside} END
             """),
        new("payment {0}: booked at {1}, made at {2} (unix milliseconds)",
            $"""
             SELECT p.id, t.at, p.created_at FROM payments p
             JOIN transfers t ON t.subject = p.id AND t.kind IN ({Deposit}, {Withdrawal}) AND t.kind = p.kind
             WHERE t.at <> p.created_at
             """),
        new("payment {0}: of {1:m}, and the audit does not know it so",
            $"""
             SELECT p.id, p.amount FROM payments p LEFT JOIN ({AuditedPayments}) k ON k.payment = p.id
             WHERE p.id >= (SELECT MIN(payment) FROM ({AuditedPayments}))
                 AND (k.payment IS NULL OR k.amount <> CASE p.kind WHEN {Deposit} THEN p.amount ELSE -p.amount END)
             """),
        new("payment {0}: the audit knows it, and it is missing",
            $"SELECT k.payment FROM ({AuditedPayments}) k LEFT JOIN payments p ON p.id = k.payment WHERE p.id IS NULL"),
        .. Lasting.Select(table => new BookRule(
            $"table {table}: {{0}} ids were given, {{1}} rows are there",
            $"SELECT last, rows FROM (SELECT COALESCE(MAX(id), 0) AS last, COUNT(*) AS rows FROM {table}) WHERE last <> rows")),
        new("refill {0}: it is missing, its id was given",
            """
            SELECT before + 1 FROM (
                SELECT id, LAG(id, 1, 0) OVER (ORDER BY id) AS before FROM refills
                UNION ALL SELECT next_refill_id, (SELECT COALESCE(MAX(id), 0) FROM refills) FROM panel)
            WHERE id > before + 1
            """),
        new("refill {0}: the id is not below the counter",
            "SELECT r.id FROM refills r JOIN panel p WHERE r.id >= p.next_refill_id"),
        new("refill {0}: order {1} was never Completed",
            $"""
             SELECT r.id, r.order_id FROM refills r
             WHERE NOT EXISTS (SELECT 1 FROM order_moves m WHERE m.order_id = r.order_id AND m.to_status = {(int)OrderStatus.Completed})
             """),
        new("refill {0}: it is due, and there is none of order {1}",
            $"""
             SELECT d.subject, d.order_id FROM due d
             WHERE d.kind IN ({(int)WorkKind.Refill}, {(int)WorkKind.SendRefill})
                 AND NOT EXISTS (SELECT 1 FROM refills r WHERE r.id = d.subject AND r.order_id = d.order_id)
             """),
        new("order {0}: a cancel request is due, and there is none",
            $"""
             SELECT d.order_id FROM due d
             WHERE d.kind IN ({(int)WorkKind.Cancel}, {(int)WorkKind.SendCancel})
                 AND NOT EXISTS (SELECT 1 FROM cancels c WHERE c.order_id = d.order_id)
             """),
        new("cancel request {0}: it waits for an answer, order {1} has ended",
            $"""
             SELECT c.id, o.id FROM cancels c JOIN orders o ON o.id = c.order_id
             WHERE c.status = {(int)CancelStatus.Open} AND {BookRules.Ended("o")}
             """),
        new("cancel request {0}: it was accepted, order {1} goes on",
            $"""
             SELECT c.id, o.id FROM cancels c JOIN orders o ON o.id = c.order_id
             WHERE c.status = {(int)CancelStatus.Accepted} AND NOT {BookRules.Ended("o")}
             """),
        new("cancel request {0}: order {1} is another reseller's",
            "SELECT c.id, o.id FROM cancels c JOIN orders o ON o.id = c.order_id WHERE c.reseller_id <> o.reseller_id"),
        new("order {0}: its moves correct it {1} times, the audit knows {2}",
            $"""
             SELECT c.order_id, c.times, COALESCE(a.times, 0) FROM (
                 SELECT m.order_id, COUNT(*) AS times FROM order_moves m JOIN orders o ON o.id = m.order_id
                 WHERE m.from_status IN ({(int)OrderStatus.Completed}, {(int)OrderStatus.Partial}, {(int)OrderStatus.Canceled}) AND o.runs IS NULL
                 GROUP BY m.order_id) c
             LEFT JOIN (SELECT subject, COUNT(*) AS times FROM audit WHERE action = 'order correct' GROUP BY subject) a
                 ON a.subject = 'order ' || c.order_id
             WHERE c.times <> COALESCE(a.times, 0)
             """),
        new("key {0}: it was revoked, and is in use",
            "SELECT k.prefix FROM audit a JOIN api_keys k ON k.prefix = a.subject WHERE a.action = 'key revoke' AND k.revoked_at IS NULL"),
        new("order {0}: held because of its link, and a provider has it or may have it",
            $"""
             SELECT h.order_id FROM link_holds h
             JOIN sendings s ON s.kind = {(int)SubmissionKind.Order} AND s.subject = h.order_id AND s.outcome IN ({BookRules.Standing})
             WHERE h.freed_at IS NULL
             """),
        new("the guard {0} of the database is missing: rows that stay can be changed",
            $"""
             SELECT column1 FROM (VALUES {string.Join(", ", Guards.Select(guard => $"('{guard}')"))})
             WHERE column1 NOT IN (SELECT name FROM sqlite_master WHERE type = 'trigger')
             """),
    ];
}
