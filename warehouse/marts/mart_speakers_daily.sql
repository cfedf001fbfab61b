-- One row per speaker and day: who is heard how often, in how many articles and outlets?
-- Kept as a table: it counts all quotes.
SELECT
    q.speaker_entity_id, q.speaker_name, a.published_date,
    count(*) AS quotes,
    count(*) FILTER (q.kind = 'direct') AS direct_quotes,
    count(DISTINCT a.article_id) AS articles,
    count(DISTINCT a.outlet) AS outlets
FROM quotes q
JOIN articles a USING (article_id)
WHERE q.speaker_name IS NOT NULL
GROUP BY ALL
