-- Who and what is named in it, and where?
-- article: VARCHAR
SELECT m.text AS mention, e.name AS entity, m.type AS entity_type, m.form, m.role AS speaker_role, m.start_char, m.end_char, m.mention_id, m.article_id, m.entity_id
FROM entity_mentions m
LEFT JOIN entities e USING (entity_id)
WHERE m.article_id = $article
ORDER BY m.start_char, m.end_char
