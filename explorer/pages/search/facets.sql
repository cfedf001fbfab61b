-- How many of them are there by speaker, outlet, kind and month?
-- words: VARCHAR = *
-- speaker: VARCHAR = *
-- outlet: VARCHAR = *
-- kind: QUOTE_KIND = *
-- month: MONTH = *
-- top: INTEGER = 8
-- with: found
, counted AS (
    SELECT
        CASE grouping(speaker_key, outlet, kind, month)
            WHEN 7 THEN 'speaker' WHEN 11 THEN 'outlet' WHEN 13 THEN 'kind' ELSE 'month'
        END AS facet,
        coalesce(speaker_key, outlet, kind, month) AS key, count(*) AS quotes
    FROM found
    GROUP BY GROUPING SETS ((speaker_key), (outlet), (kind), (month))
    HAVING coalesce(speaker_key, outlet, kind, month) IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY facet ORDER BY quotes DESC, key) <= $top::INTEGER
)
SELECT c.facet, c.key, coalesce(e.name, c.key) AS name, c.quotes
FROM counted c
LEFT JOIN entities e ON e.entity_id = c.key
ORDER BY c.facet, c.quotes DESC, c.key
