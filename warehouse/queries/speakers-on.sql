-- Who speaks on this topic, and since when?
-- words: VARCHAR
-- limit: INTEGER = 20
-- Materialised, so that the few quotes that are found are not looked up in step with the whole of the other tables.
WITH found AS MATERIALIZED (
    SELECT id FROM search('quote', $words) WHERE all_words
),
said AS MATERIALIZED (
    SELECT q.article_id, q.speaker_entity_id, q.speaker_name
    FROM found f
    JOIN quotes q ON q.quote_id = f.id
    WHERE q.speaker_name IS NOT NULL
)
SELECT
    coalesce(e.name, s.speaker_name) AS speaker, count(*) AS quotes, count(DISTINCT s.article_id) AS articles,
    min(a.published_date) AS first_day, max(a.published_date) AS last_day
FROM said s
JOIN articles a USING (article_id)
LEFT JOIN entities e ON e.entity_id = s.speaker_entity_id
GROUP BY s.speaker_entity_id, 1
ORDER BY quotes DESC, speaker
LIMIT $limit::INTEGER
