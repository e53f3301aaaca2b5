-- What a route cost when it was seen last, beside what was taken over; whether a provider's currency can be counted in ours;
-- and what is remembered of a provider's catalogue from one reading to the next.

ALTER TABLE routes ADD COLUMN
    -- what it was last seen to cost, in its currency: as the catalogue lists it, or as an order was charged above that
    seen_cost INTEGER CHECK (seen_cost IS NULL OR (typeof(seen_cost) = 'integer' AND seen_cost >= 0));

ALTER TABLE routes ADD COLUMN
    -- since when it is seen so
    seen_at INTEGER;

ALTER TABLE routes ADD COLUMN
    -- what the catalogue listed last
    listed_cost INTEGER CHECK (listed_cost IS NULL OR (typeof(listed_cost) = 'integer' AND listed_cost >= 0));

ALTER TABLE routes ADD COLUMN
    -- up to this cost an operator lets it be used at a loss; NULL = at none
    accepted_cost INTEGER CHECK (accepted_cost IS NULL OR (typeof(accepted_cost) = 'integer' AND accepted_cost >= 0));

ALTER TABLE routes ADD COLUMN
    -- since when it is missing in whole readings of the catalogue; NULL = it is there
    missed_at INTEGER;

ALTER TABLE providers ADD COLUMN
    -- an operator has said what one unit of its currency is in the panel's
    exchange_set INTEGER NOT NULL DEFAULT 0 CHECK (exchange_set IN (0, 1));

ALTER TABLE providers ADD COLUMN
    -- another currency than the one that is kept, while it says so
    said_currency TEXT CHECK (said_currency IS NULL OR length(said_currency) BETWEEN 1 AND 16);

ALTER TABLE providers ADD COLUMN
    -- rows of the last whole reading of its catalogue
    catalogue_rows INTEGER CHECK (catalogue_rows IS NULL OR catalogue_rows >= 0);

ALTER TABLE providers ADD COLUMN
    -- what it writes before the decimals of its numbers: 0 not known, 1 a point, 2 a comma
    decimal_sign INTEGER NOT NULL DEFAULT 0 CHECK (decimal_sign BETWEEN 0 AND 2);

UPDATE routes SET seen_cost = cost, listed_cost = cost, seen_at = created_at WHERE cost IS NOT NULL;

UPDATE providers SET exchange_set = 1 WHERE exchange <> 100000000;

-- What the last look has seen was not kept: the first start looks again.
UPDATE providers SET compared_at = 0 WHERE compared_at IS NOT NULL;
