-- Which of those are named together as well?
-- entity: VARCHAR
-- beside: INTEGER = 14
WITH beside AS (
    SELECT CASE WHEN entity_id_a = $entity THEN entity_id_b ELSE entity_id_a END AS entity_id
    FROM mart_cooccurrence
    WHERE $entity IN (entity_id_a, entity_id_b)
    ORDER BY articles DESC, sentences DESC, entity_id
    LIMIT $beside::INTEGER
)
SELECT name_a AS entity, name_b AS other, articles, entity_id_a AS entity_id, entity_id_b AS other_entity_id
FROM mart_cooccurrence
WHERE entity_id_a IN (FROM beside) AND entity_id_b IN (FROM beside)
ORDER BY articles DESC, entity, other, entity_id, other_entity_id
