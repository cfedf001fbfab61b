-- Participants with resolved entities.
SELECT p.* REPLACE (l.entity_id AS entity_id)
FROM fresh.event_participants p
LEFT JOIN entity_links l ON l.article_id = p.article_id AND l.local_id = p.entity_id
ORDER BY p.loaded_row
