-- Upstream panels: who they are, which services they deliver, what was asked of them and what came of it.

CREATE TABLE providers (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id > 0),
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    url TEXT NOT NULL,
    -- the key that we call it with, encrypted by the folder's key ring
    secret TEXT NOT NULL,
    -- it may lie in a private network
    internal INTEGER NOT NULL DEFAULT 0 CHECK (internal IN (0, 1)),
    -- the currency it says it has; NULL until it was asked
    currency TEXT CHECK (currency IS NULL OR length(currency) BETWEEN 1 AND 16),
    -- what one unit of its currency is in the panel's, in 1e-8
    exchange INTEGER NOT NULL DEFAULT 100000000
        CHECK (typeof(exchange) = 'integer' AND exchange BETWEEN 1 AND 10000000000000000),
    -- calls at the same time, and calls a second
    concurrency INTEGER NOT NULL DEFAULT 8 CHECK (concurrency BETWEEN 1 AND 256),
    per_second INTEGER NOT NULL DEFAULT 20 CHECK (per_second BETWEEN 1 AND 10000),
    -- why nothing is sent to it: 0 no reason, 1 an operator's word, 2 out of funds there, 3 its key is refused there
    paused INTEGER NOT NULL DEFAULT 0 CHECK (paused BETWEEN 0 AND 3),
    paused_at INTEGER,
    -- the circuit: calls that failed in a row, and until when it is left alone
    failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
    open_until INTEGER,
    -- its balance of us, in 0.00001 of its currency, and when it said so
    balance INTEGER CHECK (balance IS NULL OR typeof(balance) = 'integer'),
    balance_at INTEGER,
    low_balance INTEGER CHECK (low_balance IS NULL OR typeof(low_balance) = 'integer'),
    -- when its catalogue was last compared with ours
    compared_at INTEGER,
    created_at INTEGER NOT NULL,
    CHECK ((paused = 0) = (paused_at IS NULL)),
    CHECK ((balance IS NULL) = (balance_at IS NULL))
);

-- What its balance was, for how fast it goes down.
CREATE TABLE provider_balances (
    provider_id INTEGER NOT NULL REFERENCES providers (id),
    at INTEGER NOT NULL,
    balance INTEGER NOT NULL CHECK (typeof(balance) = 'integer'),
    PRIMARY KEY (provider_id, at)
) WITHOUT ROWID;

-- Which provider delivers a service, and as which of its own services.
CREATE TABLE routes (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id > 0),
    service_id INTEGER NOT NULL REFERENCES services (id),
    provider_id INTEGER NOT NULL REFERENCES providers (id),
    upstream_service TEXT NOT NULL CHECK (length(upstream_service) BETWEEN 1 AND 64),
    -- the lowest is tried first; of equal ones the cheapest
    priority INTEGER NOT NULL DEFAULT 1 CHECK (priority BETWEEN 1 AND 1000),
    enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
    -- why the panel itself does not use it; NULL = it does
    locked TEXT,
    -- how much is asked for each one ordered, in 1/10000
    multiplier INTEGER NOT NULL DEFAULT 10000 CHECK (typeof(multiplier) = 'integer' AND multiplier BETWEEN 10000 AND 10000000),
    -- fields that every order gets besides its own, a JSON object of texts
    extra TEXT,
    -- what the provider's catalogue said of it when it was last taken over; a rate in its currency
    cost INTEGER CHECK (cost IS NULL OR (typeof(cost) = 'integer' AND cost >= 0)),
    upstream_min INTEGER,
    upstream_max INTEGER,
    upstream_name TEXT,
    upstream_category TEXT,
    -- what we made of cost and name then: whoever has changed them since keeps them
    synced_rate INTEGER CHECK (synced_rate IS NULL OR (typeof(synced_rate) = 'integer' AND synced_rate >= 0)),
    created_at INTEGER NOT NULL
);

CREATE UNIQUE INDEX routes_by_service ON routes (service_id, provider_id, upstream_service);
CREATE INDEX routes_by_provider ON routes (provider_id, upstream_service);

-- How prices are made of a provider's: for all of its services, those of a category, or one.
CREATE TABLE markups (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id > 0),
    provider_id INTEGER NOT NULL REFERENCES providers (id),
    -- '' = any; at most one of the two is given
    category TEXT NOT NULL DEFAULT '',
    upstream_service TEXT NOT NULL DEFAULT '',
    -- basis points, then rates of the panel's currency in 1e-8
    percent INTEGER NOT NULL DEFAULT 0 CHECK (typeof(percent) = 'integer' AND percent BETWEEN 0 AND 10000000),
    fixed INTEGER NOT NULL DEFAULT 0 CHECK (typeof(fixed) = 'integer' AND fixed >= 0),
    round_up INTEGER CHECK (round_up IS NULL OR (typeof(round_up) = 'integer' AND round_up > 0)),
    floor INTEGER CHECK (floor IS NULL OR (typeof(floor) = 'integer' AND floor >= 0)),
    ceiling INTEGER CHECK (ceiling IS NULL OR (typeof(ceiling) = 'integer' AND ceiling > 0)),
    CHECK (category = '' OR upstream_service = '')
);

CREATE UNIQUE INDEX markups_by_scope ON markups (provider_id, category, upstream_service);

-- What a provider was asked to do: one row each time, with what came of it. It is committed before the call.
CREATE TABLE sendings (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id > 0),
    -- 1 to deliver an order, 2 to refill one, 3 to cancel one
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),
    -- the order of kind 1, the refill of kind 2, the cancel request of kind 3
    subject INTEGER NOT NULL,
    order_id INTEGER NOT NULL REFERENCES orders (id),
    provider_id INTEGER NOT NULL REFERENCES providers (id),
    upstream_service TEXT,
    -- how much was asked for; what the provider says of remains is a part of it
    quantity INTEGER NOT NULL CHECK (typeof(quantity) = 'integer' AND quantity >= 0),
    -- 0 under way, 1 accepted, 2 rejected, 3 not sent, 4 unknown, 5 unknown and found not accepted, 6 put off
    outcome INTEGER NOT NULL CHECK (outcome BETWEEN 0 AND 6),
    upstream_id TEXT CHECK (upstream_id IS NULL OR (outcome = 1 AND length(upstream_id) BETWEEN 1 AND 64)),
    -- what the provider said, or what went wrong
    reason TEXT,
    started_at INTEGER NOT NULL,
    ended_at INTEGER CHECK ((ended_at IS NULL) = (outcome = 0)),
    -- what it costs us in 0.00001 of the panel's currency: expected at first, then as the provider says
    cost INTEGER CHECK (cost IS NULL OR (typeof(cost) = 'integer' AND cost >= 0)),
    -- evidence: what left the server and what came back, without keys, both cut; kept when it was not accepted
    sent TEXT,
    sent_bytes INTEGER,
    elapsed INTEGER,
    answer TEXT,
    balance_before INTEGER,
    balance_after INTEGER,
    CHECK (outcome <> 1 OR kind = 3 OR upstream_id IS NOT NULL)
);

-- Nothing is asked for twice: what is under way, accepted or unknown stands alone. A wish to cancel may be repeated.
CREATE UNIQUE INDEX sendings_alone ON sendings (kind, subject) WHERE outcome IN (0, 1) OR (outcome = 4 AND kind <> 3);
CREATE UNIQUE INDEX sendings_by_upstream ON sendings (provider_id, kind, upstream_id) WHERE upstream_id IS NOT NULL;
CREATE INDEX sendings_by_subject ON sendings (kind, subject);
CREATE INDEX sendings_under_way ON sendings (id) WHERE outcome = 0;

-- What an operator should know about a provider; each thing once while it lasts.
CREATE TABLE alerts (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id > 0),
    provider_id INTEGER NOT NULL REFERENCES providers (id),
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 20),
    -- the provider's service it is about; '' = the provider itself
    subject TEXT NOT NULL,
    said TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    closed_at INTEGER
);

CREATE UNIQUE INDEX alerts_open ON alerts (provider_id, kind, subject) WHERE closed_at IS NULL;

-- What is due may be a provider's: then whoever speaks with that provider does it, and not the panel's own jobs.
CREATE TABLE due_2 (
    -- 1 a provider's next word on an order, 2 on a refill, 3 on a cancel request, 4 a drip-feed's next run,
    -- 5 a post's order, 6 a subscription's end, 7 an order's sending, 8 a refill's, 9 a cancel request's
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 9),
    -- the refill of kinds 2 and 8, the post of kind 5, the order of every other
    subject INTEGER NOT NULL,
    -- what happens at the same time happens in the order of the orders
    order_id INTEGER NOT NULL REFERENCES orders (id),
    -- whose it is; NULL = the panel's own
    provider_id INTEGER REFERENCES providers (id),
    at INTEGER NOT NULL CHECK (typeof(at) = 'integer'),
    -- how often in a row it failed; each time it is put off a little longer
    attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    -- it waits for somebody: a paused drip-feed for its operator, a post for funds
    held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1)),
    PRIMARY KEY (kind, subject),
    CHECK (kind < 7 OR provider_id IS NOT NULL)
) WITHOUT ROWID;

INSERT INTO due_2 (kind, subject, order_id, at, attempts, held) SELECT kind, subject, order_id, at, attempts, held FROM due;

DROP TABLE due;

ALTER TABLE due_2 RENAME TO due;

CREATE INDEX due_next ON due (at, order_id, kind, subject) WHERE held = 0 AND provider_id IS NULL;
CREATE INDEX due_of_provider ON due (provider_id, kind, at, order_id, subject) WHERE provider_id IS NOT NULL AND held = 0;
