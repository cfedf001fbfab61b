-- One row per name that is a longer one's: `Gibran Rakabuming` is Gibran Rakabuming Raka.
SELECT shorter, longer, format('{} is part of {}; {}', p.name, p.longer_name, s.shared)
FROM parts p
JOIN kept.signs s USING (shorter, longer)
WHERE s.shared IS NOT NULL
ORDER BY shorter, longer, p.local_id
