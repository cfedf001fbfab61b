-- One row per speaker and day: who is heard how often, in how many articles and outlets?
SELECT
    q.speaker_entity_id, coalesce(any_value(e.name), q.written) AS speaker, a.published_date,
    count(*) AS quotes,
    count(*) FILTER (q.kind = 'direct') AS direct_quotes,
    count(DISTINCT a.article_id) AS articles,
    count(DISTINCT a.outlet) AS outlets
FROM (
    -- A speaker without an entity (`warga`) goes by the words of the article.
    SELECT *, CASE WHEN speaker_entity_id IS NULL THEN speaker_name END AS written FROM quotes
) q
JOIN articles a USING (article_id)
LEFT JOIN entities e ON e.entity_id = q.speaker_entity_id
WHERE q.speaker_name IS NOT NULL
GROUP BY q.speaker_entity_id, q.written, a.published_date
ORDER BY a.published_date, speaker
