-- Who says what in it?
-- article: VARCHAR
SELECT
    text AS quote, coalesce(e.name, q.speaker_name) AS speaker, q.speaker_role, q.kind, q.cue, q.addressee, q.confidence,
    q.start_char, q.end_char, q.quote_id, q.article_id, q.speaker_entity_id
FROM quotes q
LEFT JOIN entities e ON e.entity_id = q.speaker_entity_id
WHERE q.article_id = $article
ORDER BY q.start_char, q.end_char
