using PanelServer.Data.Entities;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Ledger;

namespace PanelServer.Data.Engines.Sqlite.Books;

/// <summary>Rules of the books about orders that are parts of others: each run and each post's order by itself.</summary>
internal static class ChildRules
{
    private const int Refund = (int)TransferKind.Refund;
    private const int Reversal = (int)TransferKind.Reversal;

    /// <summary>The rules.</summary>
    public static readonly BookRule[] All =
    [
        new("order {0}: {1:m} of its drip-feed's charge is with this run, {2:m} should be",
            """
            SELECT c.id, c.charge, c.share FROM (
                SELECT r.id, r.charge,
                    CASE WHEN r.run = p.runs THEN p.charge - (p.charge / p.runs * (p.runs - 1)) ELSE p.charge / p.runs END AS share
                FROM (SELECT id, charge, parent_id, ROW_NUMBER() OVER (PARTITION BY parent_id ORDER BY id) AS run
                      FROM orders WHERE parent_id IS NOT NULL) r
                JOIN orders p ON p.id = r.parent_id WHERE p.runs IS NOT NULL) c
            WHERE c.charge <> c.share
            """),
        new("order {0}: it is not what drip-feed {1} orders in each run",
            """
            SELECT c.id, p.id FROM orders c JOIN orders p ON p.id = c.parent_id
            WHERE c.parent_id IS NOT NULL AND p.runs IS NOT NULL
                AND (c.quantity <> p.quantity / p.runs OR c.rate <> p.rate OR c.reseller_id <> p.reseller_id
                     OR c.service_id <> p.service_id OR c.type <> p.type OR c.link IS NOT p.link OR c.details IS NOT p.details)
            """),
        new("order {0}: it is not what subscription {1} orders for a post",
            $"""
             SELECT c.id, p.id FROM orders c JOIN orders p ON p.id = c.parent_id JOIN subscriptions s ON s.order_id = p.id
             WHERE c.parent_id IS NOT NULL
                 AND (c.quantity NOT BETWEEN s.min AND s.max OR c.reseller_id <> p.reseller_id OR c.service_id <> p.service_id
                      OR c.type <> {ServiceType.Default.Id})
             """),
        new("order {0}: its parent {1} is neither a drip-feed nor a subscription",
            $"""
             SELECT c.id, p.id FROM orders c JOIN orders p ON p.id = c.parent_id
             WHERE c.parent_id IS NOT NULL AND p.runs IS NULL AND p.type <> {ServiceType.Subscriptions.Id}
             """),
        new("subscription {0}: what it orders is missing",
            $"""
             SELECT o.id FROM orders o LEFT JOIN subscriptions s ON s.order_id = o.id
             WHERE o.type = {ServiceType.Subscriptions.Id} AND s.order_id IS NULL
             """),
        new("drip-feed {0}: {1:m} went back for runs that did not start, {2:m} should have",
            $"""
             SELECT id, own, rest FROM (
                 SELECT p.id,
                     COALESCE((SELECT SUM(CASE kind WHEN {Refund} THEN amount ELSE -amount END) FROM transfers
                               WHERE subject = p.id AND kind IN ({Refund}, {Reversal})), 0) AS own,
                     CASE WHEN p.started >= p.runs OR EXISTS (SELECT 1 FROM due WHERE kind = {(int)WorkKind.Run} AND subject = p.id) THEN 0
                         ELSE p.charge - (p.charge / p.runs * p.started) END AS rest
                 FROM (SELECT id, charge, runs, (SELECT COUNT(*) FROM orders c WHERE c.parent_id = o.id) AS started
                       FROM orders o WHERE runs IS NOT NULL) p)
             WHERE own <> rest
             """),
    ];
}
