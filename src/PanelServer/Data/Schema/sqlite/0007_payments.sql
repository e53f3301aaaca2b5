-- What a payment is known by, and who did what to the panel, by which way in.

-- The reference as it is compared: trimmed, blanks folded, without case and forms of writing (folded_text is a function of
-- the program). Of old payments that differ in no more than that, the first keeps it: nothing more is booked by it.
ALTER TABLE payments ADD COLUMN reference_key TEXT;

UPDATE payments SET reference_key = folded_text(reference)
WHERE id IN (SELECT MIN(id) FROM payments WHERE reference IS NOT NULL GROUP BY folded_text(reference));

CREATE UNIQUE INDEX payments_by_reference ON payments (reference_key) WHERE reference_key IS NOT NULL;

-- The person, and the way in: cli, control (a sandbox's). Empty: the panel by itself, or before this was written down.
ALTER TABLE audit ADD COLUMN who TEXT NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN channel TEXT NOT NULL DEFAULT '';

-- What it moved, and the reseller's balance behind it.
ALTER TABLE audit ADD COLUMN amount INTEGER CHECK (amount IS NULL OR typeof(amount) = 'integer');
ALTER TABLE audit ADD COLUMN balance INTEGER CHECK (balance IS NULL OR typeof(balance) = 'integer');
