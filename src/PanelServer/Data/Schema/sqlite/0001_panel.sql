-- The panel's tables. Instants are unix milliseconds, money is ledger units of 0.00001, rates are 1e-8 per 1000.
-- CHECKs hold what must never be false; typeof() because SQLite stores what it is given.

CREATE TABLE panel (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    kind TEXT NOT NULL CHECK (kind IN ('live', 'sandbox')),
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    next_order_id INTEGER NOT NULL CHECK (typeof(next_order_id) = 'integer' AND next_order_id >= 1),
    next_refill_id INTEGER NOT NULL CHECK (typeof(next_refill_id) = 'integer' AND next_refill_id >= 1),
    -- the sandbox's clock; NULL where time is real
    clock INTEGER CHECK (clock IS NULL OR typeof(clock) = 'integer'),
    created_at INTEGER NOT NULL
);

CREATE TABLE resellers (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id > 0),
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    suspended INTEGER NOT NULL DEFAULT 0 CHECK (suspended IN (0, 1)),
    discount INTEGER NOT NULL DEFAULT 0 CHECK (typeof(discount) = 'integer' AND discount BETWEEN 0 AND 10000),
    created_at INTEGER NOT NULL
);

-- A reseller's account has the reseller's id. The house's accounts (ids below zero) cache no balance.
CREATE TABLE accounts (
    id INTEGER NOT NULL PRIMARY KEY,
    balance INTEGER CHECK (balance IS NULL OR typeof(balance) = 'integer'),
    floor INTEGER NOT NULL DEFAULT 0 CHECK (typeof(floor) = 'integer' AND floor <= 0),
    CHECK ((id > 0) = (balance IS NOT NULL)),
    CHECK (balance IS NULL OR (balance >= floor AND balance <= 100000000000000000))
);

CREATE TABLE api_keys (
    id INTEGER NOT NULL PRIMARY KEY,
    reseller_id INTEGER NOT NULL REFERENCES resellers (id),
    prefix TEXT NOT NULL,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
);

CREATE TABLE services (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id BETWEEN 1 AND 2147483647),
    position INTEGER NOT NULL CHECK (typeof(position) = 'integer'),
    enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    type INTEGER NOT NULL CHECK (type BETWEEN 1 AND 17),
    category TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    rate INTEGER NOT NULL CHECK (typeof(rate) = 'integer' AND rate BETWEEN 0 AND 1000000000000000),
    min INTEGER NOT NULL CHECK (typeof(min) = 'integer' AND min >= 1),
    max INTEGER NOT NULL CHECK (typeof(max) = 'integer' AND max BETWEEN min AND 2147483647),
    dripfeed INTEGER NOT NULL CHECK (dripfeed IN (0, 1)),
    refill_days INTEGER CHECK (refill_days IS NULL OR refill_days BETWEEN 1 AND 3650),
    refill_hours INTEGER NOT NULL DEFAULT 24 CHECK (refill_hours BETWEEN 0 AND 87600),
    cancel INTEGER NOT NULL CHECK (cancel IN (0, 1)),
    link_rule TEXT NOT NULL DEFAULT 'Any',
    deny_duplicates INTEGER NOT NULL DEFAULT 0 CHECK (deny_duplicates IN (0, 1))
);

CREATE TABLE reseller_rates (
    reseller_id INTEGER NOT NULL REFERENCES resellers (id),
    service_id INTEGER NOT NULL REFERENCES services (id),
    rate INTEGER NOT NULL CHECK (typeof(rate) = 'integer' AND rate BETWEEN 0 AND 1000000000000000),
    PRIMARY KEY (reseller_id, service_id)
) WITHOUT ROWID;

-- Append-only in its rows, and as large as the panel is old: every index here is paid on every order.
CREATE TABLE orders (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id BETWEEN 1 AND 2147483647),
    reseller_id INTEGER NOT NULL REFERENCES resellers (id),
    service_id INTEGER NOT NULL REFERENCES services (id),
    type INTEGER NOT NULL CHECK (type BETWEEN 1 AND 17),
    status INTEGER NOT NULL CHECK (status BETWEEN 0 AND 8),
    stage INTEGER NOT NULL CHECK (stage IN (0, 1)),
    -- counts the moves; a move states the version it moves from
    version INTEGER NOT NULL DEFAULT 0 CHECK (typeof(version) = 'integer' AND version >= 0),
    -- a drip-feed parent holds its total, a subscription 0
    quantity INTEGER NOT NULL CHECK (typeof(quantity) = 'integer' AND quantity >= 0),
    remains INTEGER NOT NULL CHECK (typeof(remains) = 'integer' AND remains BETWEEN 0 AND quantity),
    start_count INTEGER NOT NULL DEFAULT 0 CHECK (typeof(start_count) = 'integer' AND start_count >= 0),
    rate INTEGER NOT NULL CHECK (typeof(rate) = 'integer' AND rate >= 0),
    charge INTEGER NOT NULL CHECK (typeof(charge) = 'integer' AND charge >= 0),
    refunded INTEGER NOT NULL DEFAULT 0 CHECK (typeof(refunded) = 'integer' AND refunded BETWEEN 0 AND charge),
    link TEXT,
    -- the type's further fields, a JSON object of texts
    details TEXT,
    runs INTEGER CHECK (runs IS NULL OR runs >= 2),
    interval_minutes INTEGER CHECK ((interval_minutes IS NULL) = (runs IS NULL)),
    parent_id INTEGER REFERENCES orders (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    completed_at INTEGER,
    CHECK (status <> 3 OR remains = 0),
    CHECK (status <> 5 OR refunded = charge)
);

CREATE INDEX orders_by_parent ON orders (parent_id) WHERE parent_id IS NOT NULL;

CREATE TABLE subscriptions (
    order_id INTEGER NOT NULL PRIMARY KEY REFERENCES orders (id),
    min INTEGER NOT NULL CHECK (min >= 1),
    max INTEGER NOT NULL CHECK (max >= min),
    delay_minutes INTEGER NOT NULL CHECK (delay_minutes >= 0),
    posts INTEGER CHECK (posts IS NULL OR posts >= 0),
    old_posts INTEGER NOT NULL CHECK (old_posts >= 0),
    -- the first instant after the last day
    expires_at INTEGER,
    posts_done INTEGER NOT NULL DEFAULT 0 CHECK (posts_done >= 0)
);

-- Each move of an order: the version it moved from, who, when, from what to what.
CREATE TABLE order_moves (
    order_id INTEGER NOT NULL REFERENCES orders (id),
    version INTEGER NOT NULL CHECK (version >= 0),
    at INTEGER NOT NULL,
    actor INTEGER NOT NULL CHECK (actor BETWEEN 0 AND 3),
    from_status INTEGER NOT NULL CHECK (from_status BETWEEN 0 AND 8),
    to_status INTEGER NOT NULL CHECK (to_status BETWEEN 0 AND 8),
    remains INTEGER NOT NULL CHECK (remains >= 0),
    note TEXT,
    PRIMARY KEY (order_id, version)
) WITHOUT ROWID;

-- Running orders of services that deny a second one with the same link.
CREATE TABLE running_links (
    reseller_id INTEGER NOT NULL,
    service_id INTEGER NOT NULL,
    link TEXT NOT NULL,
    order_id INTEGER NOT NULL UNIQUE REFERENCES orders (id),
    PRIMARY KEY (reseller_id, service_id, link)
) WITHOUT ROWID;

CREATE TABLE refills (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id BETWEEN 1 AND 2147483647),
    order_id INTEGER NOT NULL REFERENCES orders (id),
    reseller_id INTEGER NOT NULL REFERENCES resellers (id),
    status INTEGER NOT NULL CHECK (status BETWEEN 0 AND 4),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);

CREATE INDEX refills_by_order ON refills (order_id, created_at);
CREATE UNIQUE INDEX refills_open ON refills (order_id) WHERE status IN (0, 1);

CREATE TABLE cancels (
    id INTEGER NOT NULL PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES orders (id),
    reseller_id INTEGER NOT NULL REFERENCES resellers (id),
    status INTEGER NOT NULL CHECK (status BETWEEN 0 AND 3),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);

CREATE UNIQUE INDEX cancels_open ON cancels (order_id) WHERE status = 0;

-- What came in from outside or went out: the same reference is the same payment.
CREATE TABLE payments (
    id INTEGER NOT NULL PRIMARY KEY,
    reseller_id INTEGER NOT NULL REFERENCES resellers (id),
    kind INTEGER NOT NULL CHECK (kind IN (3, 4)),
    amount INTEGER NOT NULL CHECK (typeof(amount) = 'integer' AND amount > 0),
    note TEXT NOT NULL,
    reference TEXT UNIQUE,
    created_at INTEGER NOT NULL
);

-- Double entry in one row. The key is the cause: no second transfer can name the same one.
CREATE TABLE transfers (
    subject INTEGER NOT NULL CHECK (subject > 0),
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4),
    version INTEGER NOT NULL CHECK (version >= 0),
    from_account INTEGER NOT NULL REFERENCES accounts (id),
    to_account INTEGER NOT NULL REFERENCES accounts (id),
    amount INTEGER NOT NULL CHECK (typeof(amount) = 'integer' AND amount > 0),
    at INTEGER NOT NULL,
    PRIMARY KEY (subject, kind, version),
    CHECK (from_account <> to_account)
) WITHOUT ROWID;

CREATE TABLE retry_keys (
    reseller_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
    answer BLOB,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (reseller_id, key)
) WITHOUT ROWID;

-- What people did to the panel itself: never changed, never removed.
CREATE TABLE audit (
    id INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
);

CREATE TRIGGER transfers_stay BEFORE UPDATE ON transfers BEGIN SELECT RAISE(ABORT, 'a transfer is never changed'); END;
CREATE TRIGGER transfers_remain BEFORE DELETE ON transfers BEGIN SELECT RAISE(ABORT, 'a transfer is never removed'); END;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'an audit row is never changed'); END;
CREATE TRIGGER audit_remains BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'an audit row is never removed'); END;
CREATE TRIGGER moves_stay BEFORE UPDATE ON order_moves BEGIN SELECT RAISE(ABORT, 'a move is never changed'); END;
CREATE TRIGGER moves_remain BEFORE DELETE ON order_moves BEGIN SELECT RAISE(ABORT, 'a move is never removed'); END;
