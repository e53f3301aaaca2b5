-- What providers say of orders, kept as they say it; reviews by their reason; how many ids a call may ask about.

-- A refill may be accepted without an id: a person follows it. Only a table made anew can have another CHECK.
CREATE TABLE sendings_2 (
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
    -- what the provider said last of the order or the refill, as it wrote it
    said TEXT,
    -- how often in a row it said that it does not know it, and since when
    unheard INTEGER NOT NULL DEFAULT 0 CHECK (unheard >= 0),
    unheard_since INTEGER,
    -- what a no was about: 1 the order itself, 2 the service there, 3 funds, 4 the key, 5 "not now", 6 an account, 7 another
    -- order for the same target, 8 a limit, 9 a fault over there, 10 nobody knows. NULL = it said none.
    objection INTEGER CHECK (objection IS NULL OR objection BETWEEN 1 AND 10),
    CHECK (outcome <> 1 OR kind <> 1 OR upstream_id IS NOT NULL),
    CHECK ((unheard = 0) = (unheard_since IS NULL))
);

INSERT INTO sendings_2 (id, kind, subject, order_id, provider_id, upstream_service, quantity, outcome, upstream_id, reason, started_at,
    ended_at, cost, sent, sent_bytes, elapsed, answer, balance_before, balance_after, objection)
SELECT id, kind, subject, order_id, provider_id, upstream_service, quantity, outcome, upstream_id, reason, started_at,
    ended_at, cost, sent, sent_bytes, elapsed, answer, balance_before, balance_after, objection FROM sendings;

DROP TABLE sendings;

ALTER TABLE sendings_2 RENAME TO sendings;

CREATE UNIQUE INDEX sendings_alone ON sendings (kind, subject) WHERE outcome IN (0, 1) OR (outcome = 4 AND kind <> 3);
CREATE UNIQUE INDEX sendings_by_upstream ON sendings (provider_id, kind, upstream_id) WHERE upstream_id IS NOT NULL;
CREATE INDEX sendings_by_subject ON sendings (kind, subject);
CREATE INDEX sendings_under_way ON sendings (id) WHERE outcome = 0;

-- Why an order is under review: 0 before this was kept, 1 a provider may have it, 2 a refill may be asked for, 3 no word on a
-- wish to cancel, 4 a state that cannot be, 5 not heard of, 6 no remains, 7 an end by a number that cannot be, 8 it failed there,
-- 9 put aside, 10 a post whose link is banned.
ALTER TABLE reviews ADD COLUMN kind INTEGER NOT NULL DEFAULT 0 CHECK (kind BETWEEN 0 AND 20);

UPDATE reviews SET kind = CASE
    WHEN said LIKE 'provider % may have it: %' THEN 1
    WHEN said LIKE 'provider % may have been asked for refill %' THEN 2
    WHEN said LIKE '% does not say whether it cancels: %' THEN 3
    WHEN said LIKE 'the provider says %; the order is %' THEN 4
    WHEN said LIKE 'provider %: it says of %' OR said LIKE 'provider %: it has said nothing of %' THEN 5
    WHEN said LIKE '%, and not what remains' THEN 6
    WHEN said LIKE '%; taken as %' THEN 7
    WHEN said LIKE '%; it is put aside so that others go on: %' THEN 9
    WHEN said LIKE 'post % is not ordered for: its link is banned by %' THEN 10
    ELSE 0 END
WHERE closed_at IS NULL;

-- The orders that an alert is about.
CREATE TABLE alert_orders (
    alert_id INTEGER NOT NULL REFERENCES alerts (id),
    order_id INTEGER NOT NULL REFERENCES orders (id),
    PRIMARY KEY (alert_id, order_id)
) WITHOUT ROWID;

-- How many ids a call may ask about: NULL = as many as the contract allows; learned when a call was refused, and when.
ALTER TABLE providers ADD COLUMN orders_of_call INTEGER CHECK (orders_of_call IS NULL OR orders_of_call > 0);
ALTER TABLE providers ADD COLUMN orders_of_call_at INTEGER;
ALTER TABLE providers ADD COLUMN refills_of_call INTEGER CHECK (refills_of_call IS NULL OR refills_of_call > 0);
ALTER TABLE providers ADD COLUMN refills_of_call_at INTEGER;
