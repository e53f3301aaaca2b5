-- What is earned on each day: a journal of what happens to a sale after its charge, and the table of days that is filled
-- from the orders and this journal behind the writes (docs/decisions/0027).

-- One row for each refund, each provider that takes an order, and each change of what an order costs, in the order in which
-- they were written. The transfers and the sendings prove it.
CREATE TABLE sales_journal (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id > 0),
    -- 1 a refund, below zero when it was taken again; 2 a provider has taken the order, at this cost; 3 its cost changes by this
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),
    order_id INTEGER NOT NULL REFERENCES orders (id),
    -- the move of kind 1
    version INTEGER CHECK ((version IS NULL) = (kind <> 1)),
    -- who had taken the order by then; NULL = nobody
    provider_id INTEGER REFERENCES providers (id),
    amount INTEGER NOT NULL CHECK (typeof(amount) = 'integer'),
    at INTEGER NOT NULL,
    CHECK (kind = 1 OR provider_id IS NOT NULL)
);

-- Refunds from before a provider took the order: they go to that provider with the sale.
CREATE INDEX sales_journal_unassigned ON sales_journal (order_id) WHERE kind = 1 AND provider_id IS NULL;

CREATE TRIGGER sales_journal_stays BEFORE UPDATE ON sales_journal BEGIN SELECT RAISE(ABORT, 'a journal row is never changed'); END;
CREATE TRIGGER sales_journal_remains BEFORE DELETE ON sales_journal BEGIN SELECT RAISE(ABORT, 'a journal row is never removed'); END;

INSERT INTO sales_journal (kind, order_id, version, provider_id, amount, at)
SELECT 2, order_id, NULL, provider_id, COALESCE(cost, 0), ended_at FROM sendings WHERE kind = 1 AND outcome = 1;

INSERT INTO sales_journal (kind, order_id, version, provider_id, amount, at)
SELECT 1, t.subject, t.version,
    (SELECT s.provider_id FROM sendings s WHERE s.kind = 1 AND s.subject = t.subject AND s.outcome = 1),
    CASE t.kind WHEN 2 THEN t.amount ELSE -t.amount END, t.at
FROM transfers t WHERE t.kind IN (2, 5);

-- Money in ledger units; provider 0 = nobody has taken the orders yet.
CREATE TABLE daily_totals (
    -- days since 1970-01-01 in the panel's time zone
    day INTEGER NOT NULL,
    service_id INTEGER NOT NULL,
    reseller_id INTEGER NOT NULL,
    provider_id INTEGER NOT NULL,
    orders INTEGER NOT NULL CHECK (typeof(orders) = 'integer'),
    sales INTEGER NOT NULL CHECK (typeof(sales) = 'integer'),
    cost INTEGER NOT NULL CHECK (typeof(cost) = 'integer'),
    refunds INTEGER NOT NULL CHECK (typeof(refunds) = 'integer'),
    PRIMARY KEY (day, service_id, reseller_id, provider_id)
) WITHOUT ROWID;

-- The time zone whose days these are; '' = none yet.
ALTER TABLE panel ADD COLUMN days_zone TEXT NOT NULL DEFAULT '';

-- The watermarks: the last order and the last journal row that are in the table. Orders below 0: it does not count and is
-- emptied first.
ALTER TABLE panel ADD COLUMN days_orders INTEGER NOT NULL DEFAULT 0 CHECK (typeof(days_orders) = 'integer' AND days_orders >= -1);
ALTER TABLE panel ADD COLUMN days_journal INTEGER NOT NULL DEFAULT 0 CHECK (typeof(days_journal) = 'integer' AND days_journal >= 0);
