-- One row per name that is another one but for its form: `PT Pertamina (Persero)` and `Pertamina`, `H. Ahmad Fauzi` and
-- `Ahmad Fauzi`. The first name by its id stands for the others.
WITH matched AS (
    SELECT type, form, local_id, key, name
    FROM kept.names
    WHERE matched AND (type <> 'PER' OR contains(form, ' '))
),
alike AS (
    SELECT type, form, min(local_id) AS local_id FROM matched GROUP BY ALL HAVING count(*) > 1
)
SELECT n.key, f.key, n.name || ' = ' || f.name
FROM alike a
JOIN kept.names f USING (local_id)
JOIN matched n ON n.type = a.type AND n.form = a.form
WHERE n.key <> f.key
ORDER BY n.key, f.key, n.local_id
