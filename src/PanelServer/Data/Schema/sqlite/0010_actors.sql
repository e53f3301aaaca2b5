-- Who acts, beside the name and the channel: the kind of party, its id, and where its request came from.

-- 0 reseller, 1 operator, 2 provider, 3 the panel itself; all rows written before are operators'.
ALTER TABLE audit ADD COLUMN actor_kind INTEGER NOT NULL DEFAULT 1 CHECK (actor_kind BETWEEN 0 AND 20);

-- the reseller or the provider; NULL where the name in "who" is all there is
ALTER TABLE audit ADD COLUMN actor_id INTEGER;

-- the network address of the request; NULL for a local channel, such as cli
ALTER TABLE audit ADD COLUMN address TEXT;

-- the same in all rows that one request or verb has left
ALTER TABLE audit ADD COLUMN request_id TEXT;
