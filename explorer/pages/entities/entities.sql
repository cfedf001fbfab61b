-- Which things are named, the most frequent first?
-- name: VARCHAR = *
-- type: ENTITY_TYPE = *
-- limit: INTEGER = 50
-- offset: INTEGER = 0
SELECT name AS entity, type AS entity_type, article_count AS articles, mention_count AS mentions, first_seen_date AS first_day, last_seen_date AS last_day, entity_id
FROM entities
WHERE ($name = '*' OR entity_id IN (SELECT entity_id FROM called($name))) AND ($type = '*' OR type = $type)
ORDER BY article_count DESC, mention_count DESC, entity_id
LIMIT $limit::INTEGER OFFSET $offset::INTEGER
