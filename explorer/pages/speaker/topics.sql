-- Whom and what does this speaker talk about?
-- speaker: VARCHAR
-- limit: INTEGER = 12
-- with: said
SELECT e.name AS topic, e.type AS entity_type, count(DISTINCT s.quote_id) AS quotes, e.entity_id AS about
FROM said s
JOIN entity_mentions m ON m.article_id = s.article_id AND m.start_char < s.end_char AND m.end_char > s.start_char
JOIN entities e ON e.entity_id = m.entity_id
WHERE m.entity_id <> $speaker
GROUP BY e.entity_id, e.name, e.type
ORDER BY quotes DESC, topic
LIMIT $limit::INTEGER
