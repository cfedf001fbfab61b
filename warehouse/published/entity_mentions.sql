-- Mentions of resolved entities; what a correction says is none is left out.
SELECT m.* REPLACE (l.entity_id AS entity_id, coalesce(c.type, m.type) AS type)
FROM fresh.entity_mentions m
JOIN entity_links l ON l.article_id = m.article_id AND l.local_id = m.entity_id
LEFT JOIN corrected_entities c ON c.entity_id = l.entity_id
WHERE l.entity_id IS NOT NULL
-- An entity's mentions lie together, so that asking for them reads little.
ORDER BY l.entity_id, m.article_id, m.start_char
