-- What has this speaker said (since a day)?
-- speaker: VARCHAR
-- since: DATE = 1900-01-01
WITH said AS (
    SELECT * FROM quotes WHERE speaker_entity_id IN (SELECT entity_id FROM called($speaker))
    UNION ALL
    SELECT * FROM quotes WHERE speaker_entity_id IS NULL AND lower(speaker_name) = lower($speaker)
)
SELECT
    a.published_date, coalesce(e.name, q.speaker_name) AS speaker, q.kind, q.text AS quote, q.speaker_role, a.outlet, a.url
FROM said q
JOIN articles a USING (article_id)
LEFT JOIN entities e ON e.entity_id = q.speaker_entity_id
WHERE coalesce(a.published_date, DATE '1900-01-01') >= $since::DATE
ORDER BY a.published_date, q.article_id, q.start_char
