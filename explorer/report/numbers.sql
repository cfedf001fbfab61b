-- How much came in, and how much in the period before?
-- since: DATE
-- until: DATE
-- before: DATE
WITH days AS (
    SELECT article_id, outlet, published_date >= $since::DATE AS now
    FROM articles
    WHERE is_latest AND published_date BETWEEN $before::DATE AND $until::DATE
)
SELECT 'articles' AS measure, count(*) FILTER (now) AS now, count(*) FILTER (NOT now) AS before FROM days
UNION ALL
SELECT 'outlets', count(DISTINCT outlet) FILTER (now), count(DISTINCT outlet) FILTER (NOT now) FROM days
UNION ALL
SELECT 'quotes', count(*) FILTER (now), count(*) FILTER (NOT now) FROM quotes JOIN days USING (article_id)
UNION ALL
SELECT 'speakers', count(DISTINCT speaker_entity_id) FILTER (now), count(DISTINCT speaker_entity_id) FILTER (NOT now)
FROM quotes JOIN days USING (article_id)
UNION ALL
SELECT 'events', count(*) FILTER (now), count(*) FILTER (NOT now) FROM events JOIN days USING (article_id)
