-- Links by what tells them apart, and links that an operator bans or holds.

-- Two orders that run with one link in two spellings both stay: it is free when both have ended.
CREATE TABLE running_links_2 (
    reseller_id INTEGER NOT NULL,
    service_id INTEGER NOT NULL,
    -- the identity of the link, not the link as it was written
    link TEXT NOT NULL,
    order_id INTEGER NOT NULL UNIQUE REFERENCES orders (id),
    PRIMARY KEY (reseller_id, service_id, link, order_id)
) WITHOUT ROWID;

INSERT INTO running_links_2 (reseller_id, service_id, link, order_id)
SELECT reseller_id, service_id, link_identity(link), order_id FROM running_links;

DROP TABLE running_links;

ALTER TABLE running_links_2 RENAME TO running_links;

-- Links for which nothing is ordered (1), or whose orders wait for a person (2).
CREATE TABLE link_blocks (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id > 0),
    kind INTEGER NOT NULL CHECK (kind IN (1, 2)),
    -- a link, a host, or either with * for any characters
    pattern TEXT NOT NULL UNIQUE COLLATE NOCASE,
    note TEXT NOT NULL,
    created_at INTEGER NOT NULL
);

-- Orders that wait because of such a block, and when somebody let them go on.
CREATE TABLE link_holds (
    order_id INTEGER NOT NULL PRIMARY KEY REFERENCES orders (id),
    pattern TEXT NOT NULL COLLATE NOCASE,
    held_at INTEGER NOT NULL,
    freed_at INTEGER
);

CREATE INDEX link_holds_open ON link_holds (order_id) WHERE freed_at IS NULL;
