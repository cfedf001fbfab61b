-- Who speaks on this topic, and since when?
-- words: VARCHAR
-- limit: INTEGER = 20
SELECT
    coalesce(e.name, q.speaker_name) AS speaker, count(*) AS quotes, count(DISTINCT q.article_id) AS articles,
    min(a.published_date) AS first_day, max(a.published_date) AS last_day
FROM search('quote', $words) s
JOIN quotes q ON q.rowid = s.doc
JOIN articles a USING (article_id)
LEFT JOIN entities e ON e.entity_id = q.speaker_entity_id
WHERE s.all_words AND q.speaker_name IS NOT NULL
GROUP BY q.speaker_entity_id, 1
ORDER BY quotes DESC, speaker
LIMIT $limit::INTEGER
