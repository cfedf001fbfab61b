-- One row per speaker and office: who speaks in which office, from when to when?
SELECT
    q.speaker_entity_id, coalesce(any_value(e.name), any_value(q.speaker_name)) AS speaker, q.speaker_role AS role,
    ' ' || trim(regexp_replace(lower(q.speaker_role), '[^\p{L}\p{N}]+', ' ', 'g')) || ' ' AS role_words,
    count(*) AS quotes, count(DISTINCT q.article_id) AS articles,
    min(a.published_date) AS first_day, max(a.published_date) AS last_day
FROM quotes q
JOIN articles a USING (article_id)
LEFT JOIN entities e ON e.entity_id = q.speaker_entity_id
WHERE q.speaker_role IS NOT NULL AND q.speaker_name IS NOT NULL
GROUP BY q.speaker_entity_id, CASE WHEN q.speaker_entity_id IS NULL THEN q.speaker_name END, q.speaker_role
ORDER BY quotes DESC, speaker, role
