-- Entities of this id (also one from before joining) or name.
SELECT entity_id FROM entities WHERE entity_id = $1
UNION SELECT entity_id FROM entity_links WHERE local_id = $1 AND entity_id IS NOT NULL
UNION SELECT entity_id FROM called($1)
