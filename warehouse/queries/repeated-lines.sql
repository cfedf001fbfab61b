-- Which lines does an outlet repeat, article after article, that no list of boilerplate knows?
-- share: DOUBLE = 0.03
-- limit: INTEGER = 50
-- A line is a sentence of up to 200 characters, its numbers as `#`; a beginning is what stands in front of a colon.
WITH articles_of AS (
    SELECT coalesce(outlet, '?') AS outlet, count(*) AS of_articles
    FROM articles
    WHERE is_latest AND coalesce(near_duplicate_of = version_of, near_duplicate_of IS NULL)
    GROUP BY ALL
),
lines AS (
    SELECT coalesce(a.outlet, '?') AS outlet, a.article_id,
        regexp_replace(trim(substr(a.text, s.start_char + 1, s.end_char - s.start_char)), '[0-9]+', '#', 'g') AS line
    FROM sentences s
    JOIN articles a USING (article_id)
    WHERE coalesce(a.near_duplicate_of = a.version_of, a.near_duplicate_of IS NULL) AND s.end_char - s.start_char BETWEEN 4 AND 200
),
candidates AS (
    SELECT outlet, article_id, 'line' AS kind, line FROM lines
    UNION ALL
    SELECT outlet, article_id, 'beginning', regexp_extract(line, '^[^:"“”]{3,30}:') FROM lines
),
repeated AS (
    SELECT outlet, kind, line, count(DISTINCT article_id) AS articles, min(article_id) AS example
    FROM candidates
    WHERE line <> ''
    GROUP BY ALL
)
SELECT r.outlet, r.kind, r.line, r.articles, round(r.articles / o.of_articles, 3) AS share, r.example
FROM repeated r
JOIN articles_of o USING (outlet)
WHERE r.articles >= greatest(3, $share::DOUBLE * o.of_articles)
ORDER BY r.articles DESC, r.outlet, r.line
LIMIT $limit::INTEGER
