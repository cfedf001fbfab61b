-- Whom and what does this speaker talk about?
-- speaker: VARCHAR
-- limit: INTEGER = 12
SELECT e.name AS topic, e.type AS entity_type, count(DISTINCT q.quote_id) AS quotes, e.entity_id AS about
FROM quotes q
JOIN entity_mentions m ON m.article_id = q.article_id AND m.start_char < q.end_char AND m.end_char > q.start_char
JOIN entities e ON e.entity_id = m.entity_id
WHERE q.speaker_entity_id = $speaker AND m.entity_id <> $speaker
GROUP BY e.entity_id, e.name, e.type
ORDER BY quotes DESC, topic, about
LIMIT $limit::INTEGER
