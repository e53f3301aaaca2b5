-- What happens later, and what goes back and forth about an order: due times, posts, reviews, corrections.

-- Everything that will happen by itself: one row for each thing that has a next time. A restart loses nothing.
CREATE TABLE due (
    -- 1 a provider's next word on an order, 2 on a refill, 3 on a cancel request, 4 a drip-feed's next run,
    -- 5 a post's order, 6 a subscription's end
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 6),
    -- the refill of kind 2, the post of kind 5, the order of every other
    subject INTEGER NOT NULL,
    -- what happens at the same time happens in the order of the orders
    order_id INTEGER NOT NULL REFERENCES orders (id),
    at INTEGER NOT NULL CHECK (typeof(at) = 'integer'),
    -- how often in a row it failed; each time it is put off a little longer
    attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    -- it waits for somebody: a paused drip-feed for its operator, a post for funds
    held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1)),
    PRIMARY KEY (kind, subject)
) WITHOUT ROWID;

CREATE INDEX due_next ON due (at, order_id, kind, subject) WHERE held = 0;

-- Posts of subscriptions that wait for their order; one that was ordered for is a child.
CREATE TABLE posts (
    id INTEGER NOT NULL PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES subscriptions (order_id),
    link TEXT NOT NULL,
    appeared_at INTEGER NOT NULL
);

CREATE UNIQUE INDEX posts_by_link ON posts (order_id, link);

-- What a provider said that cannot be: it moves no money, a person looks at it.
CREATE TABLE reviews (
    id INTEGER NOT NULL PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES orders (id),
    said TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    closed_at INTEGER,
    -- what the operator found who closed it
    note TEXT,
    CHECK ((closed_at IS NULL) = (note IS NULL))
);

CREATE UNIQUE INDEX reviews_open ON reviews (order_id) WHERE closed_at IS NULL;

-- Faults that a sandbox plays on its callers; empty in every other panel.
CREATE TABLE faults (
    id INTEGER NOT NULL PRIMARY KEY,
    -- NULL = any
    action TEXT,
    kind TEXT NOT NULL,
    -- how many calls it still spoils
    times INTEGER NOT NULL CHECK (times >= 0)
);

-- The state of the sandbox's random numbers; NULL where they are real.
ALTER TABLE panel ADD COLUMN seed INTEGER CHECK (seed IS NULL OR typeof(seed) = 'integer');

UPDATE panel SET seed = 1 WHERE clock IS NOT NULL;

-- Refills of one order at the most; NULL = as often as the days allow.
ALTER TABLE services ADD COLUMN refill_times INTEGER CHECK (refill_times IS NULL OR refill_times BETWEEN 1 AND 3650);

-- A correction may take back what went back: transfers know a fifth kind.
CREATE TABLE transfers_2 (
    subject INTEGER NOT NULL CHECK (subject > 0),
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 5),
    version INTEGER NOT NULL CHECK (version >= 0),
    from_account INTEGER NOT NULL REFERENCES accounts (id),
    to_account INTEGER NOT NULL REFERENCES accounts (id),
    amount INTEGER NOT NULL CHECK (typeof(amount) = 'integer' AND amount > 0),
    at INTEGER NOT NULL,
    PRIMARY KEY (subject, kind, version),
    CHECK (from_account <> to_account)
) WITHOUT ROWID;

INSERT INTO transfers_2 SELECT subject, kind, version, from_account, to_account, amount, at FROM transfers;

DROP TABLE transfers;

ALTER TABLE transfers_2 RENAME TO transfers;

CREATE TRIGGER transfers_stay BEFORE UPDATE ON transfers BEGIN SELECT RAISE(ABORT, 'a transfer is never changed'); END;
CREATE TRIGGER transfers_remain BEFORE DELETE ON transfers BEGIN SELECT RAISE(ABORT, 'a transfer is never removed'); END;

-- Drip-feeds and subscriptions that were ordered before there were due times.
INSERT INTO due (kind, subject, order_id, at)
SELECT 4, id, id, created_at FROM orders WHERE runs IS NOT NULL AND status IN (0, 1, 2);

INSERT INTO due (kind, subject, order_id, at)
SELECT 6, s.order_id, s.order_id, s.expires_at FROM subscriptions s JOIN orders o ON o.id = s.order_id
WHERE s.expires_at IS NOT NULL AND o.status IN (6, 7);
