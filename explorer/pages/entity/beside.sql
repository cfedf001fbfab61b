-- What is it named with?
-- entity: VARCHAR
-- limit: INTEGER = 14
SELECT
    CASE WHEN entity_id_a = $entity THEN name_b ELSE name_a END AS entity,
    CASE WHEN entity_id_a = $entity THEN type_b ELSE type_a END AS entity_type,
    articles, sentences,
    CASE WHEN entity_id_a = $entity THEN entity_id_b ELSE entity_id_a END AS entity_id
FROM mart_cooccurrence
WHERE $entity IN (entity_id_a, entity_id_b)
ORDER BY articles DESC, sentences DESC, entity_id
LIMIT $limit::INTEGER
