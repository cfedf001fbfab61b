-- One row per speaker: who is heard how often, since when and until when?
SELECT
    q.speaker_entity_id, coalesce(any_value(e.name), q.written) AS speaker, any_value(e.type) AS speaker_type,
    count(*) AS quotes,
    count(*) FILTER (q.kind = 'direct') AS direct_quotes,
    count(DISTINCT a.article_id) AS articles,
    count(DISTINCT a.outlet) AS outlets,
    min(a.published_date) AS first_day, max(a.published_date) AS last_day
FROM (
    -- A speaker without an entity (`warga`) goes by the words of the article.
    SELECT *, CASE WHEN speaker_entity_id IS NULL THEN speaker_name END AS written FROM quotes
) q
JOIN articles a USING (article_id)
LEFT JOIN entities e ON e.entity_id = q.speaker_entity_id
WHERE q.speaker_name IS NOT NULL
GROUP BY q.speaker_entity_id, q.written
ORDER BY quotes DESC, speaker
