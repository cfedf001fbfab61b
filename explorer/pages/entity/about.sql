-- What is this?
-- entity: VARCHAR
SELECT
    e.*, (SELECT count(*) FROM quotes q WHERE q.speaker_entity_id = e.entity_id) AS quotes
FROM entities e
WHERE e.entity_id = $entity
