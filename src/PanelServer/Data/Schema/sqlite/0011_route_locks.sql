-- Why the panel has locked a route, beside the text for people: 1 below cost, 2 removed, 3 changed, 4 refused, 5 anything
-- else. NULL = it is not locked. Until now the reason was told by the beginning of the text.
ALTER TABLE routes ADD COLUMN lock_kind INTEGER CHECK (lock_kind IS NULL OR lock_kind BETWEEN 1 AND 5);

UPDATE routes SET lock_kind = CASE
    WHEN substr(locked, 1, 12) = 'below cost: ' THEN 1
    WHEN substr(locked, 1, 9) = 'removed: ' THEN 2
    WHEN substr(locked, 1, 9) = 'changed: ' THEN 3
    WHEN substr(locked, 1, 9) = 'refused: ' THEN 4
    ELSE 5 END
WHERE locked IS NOT NULL;
