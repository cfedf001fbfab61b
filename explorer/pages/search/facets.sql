-- How many of them are there by speaker, outlet, kind and month?
-- words: VARCHAR = *
-- speaker: VARCHAR = *
-- outlet: VARCHAR = *
-- kind: VARCHAR = *
-- month: VARCHAR = *
-- top: INTEGER = 8
-- with: found
SELECT
    CASE grouping(key, outlet, kind, month) WHEN 7 THEN 'speaker' WHEN 11 THEN 'outlet' WHEN 13 THEN 'kind' ELSE 'month' END
        AS facet,
    coalesce(key, outlet, kind, month) AS key, coalesce(any_value(speaker) FILTER (key IS NOT NULL), outlet, kind, month) AS name,
    count(*) AS quotes
FROM (
    SELECT coalesce(speaker_entity_id, speaker_name) AS key, speaker, outlet, kind, strftime(published_date, '%Y-%m') AS month
    FROM found
)
GROUP BY GROUPING SETS ((key), (outlet), (kind), (month))
HAVING coalesce(key, outlet, kind, month) IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY facet ORDER BY quotes DESC, name) <= $top::INTEGER
ORDER BY facet, quotes DESC, name
