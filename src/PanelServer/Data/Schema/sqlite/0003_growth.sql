-- What lets a panel grow: lists of one reseller's orders that cost the orders little.

-- The side index: which orders are a reseller's, up to the watermark. Filled in batches behind the writes, because an
-- index of orders itself is paid on every order (docs/decisions/0017).
CREATE TABLE reseller_orders (
    reseller_id INTEGER NOT NULL,
    order_id INTEGER NOT NULL,
    PRIMARY KEY (reseller_id, order_id)
) WITHOUT ROWID;

-- The watermark: the last order that the side index knows, 0 = none yet. Below 0 it is not believed and is emptied first.
ALTER TABLE panel ADD COLUMN orders_indexed INTEGER NOT NULL DEFAULT 0
    CHECK (typeof(orders_indexed) = 'integer' AND orders_indexed >= -1 AND orders_indexed < next_order_id);
