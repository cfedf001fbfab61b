-- Who speaks for this organisation, in which office, from when to when?
-- organisation: VARCHAR
WITH names AS (
    -- The organisation under all its names.
    SELECT lower($organisation) AS name
    UNION
    SELECT lower(unnest(aliases)) FROM entities
    WHERE type = 'ORG' AND (lower(name) = lower($organisation) OR list_contains(aliases, $organisation))
)
SELECT speaker, role, quotes, articles, first_day, last_day
FROM mart_spokespersons
WHERE EXISTS (SELECT 1 FROM names n WHERE contains(role_words, ' ' || n.name || ' '))
ORDER BY first_day, quotes DESC, speaker, role
