-- Links of the entities that corrections name: by id, former id or name.
WITH entities AS (
    SELECT entity_id FROM entity_links WHERE entity_id IN (FROM named) OR local_id IN (FROM named) OR name IN (FROM named)
)
FROM entity_links SEMI JOIN entities USING (entity_id)
