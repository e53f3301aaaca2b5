-- What providers answer to orders in words that nobody knows, and what an operator says that words mean.

-- A provider may be paused for that, too: the list of reasons gets one more. Nothing else of the table changes, and to
-- build it anew would take whatever refers to it along.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'paused BETWEEN 0 AND 3', 'paused BETWEEN 0 AND 4') WHERE type = 'table' AND name = 'providers';
PRAGMA writable_schema = RESET;

-- Of one that is paused for such words: when it is tried next, by a question and then by one order.
ALTER TABLE providers ADD COLUMN probe_at INTEGER;

-- What a no was about: 1 the order itself, 2 the service there, 3 funds, 4 the key, 5 "not now", 6 an account, 7 another
-- order for the same target, 8 a limit, 9 a fault over there, 10 nobody knows. NULL = it said none.
ALTER TABLE sendings ADD COLUMN objection INTEGER CHECK (objection IS NULL OR objection BETWEEN 1 AND 10);

-- What words of a provider mean, as an operator has said it.
CREATE TABLE provider_words (
    provider_id INTEGER NOT NULL REFERENCES providers (id),
    -- in the plain form in which words are compared
    word TEXT NOT NULL CHECK (length(word) BETWEEN 1 AND 500),
    -- as the operator wrote it
    written TEXT NOT NULL,
    -- 1 to 6 a state of an order, 11 to 16 what a refusal is about
    meaning INTEGER NOT NULL CHECK (meaning BETWEEN 1 AND 6 OR meaning BETWEEN 11 AND 16),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (provider_id, word)
) WITHOUT ROWID;

-- Orders that a provider refused in words that nobody knows (kind 10), or of which it told a fault over there (kind 9),
-- since it accepted the last: each once, with the latest words.
CREATE TABLE strange_refusals (
    provider_id INTEGER NOT NULL REFERENCES providers (id),
    kind INTEGER NOT NULL CHECK (kind BETWEEN 9 AND 10),
    order_id INTEGER NOT NULL REFERENCES orders (id),
    words TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (provider_id, kind, order_id)
) WITHOUT ROWID;
