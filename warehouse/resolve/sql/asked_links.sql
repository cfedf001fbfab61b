-- Entities of articles whose links are made again: those of changed articles, of asked names, and of people who were or
-- are told apart.
CREATE OR REPLACE TEMP TABLE asked_apart AS
SELECT article_id, local_id FROM by_person WHERE rule = 'apart'
UNION
SELECT article_id, local_id
FROM entity_links
WHERE rule = 'apart' AND local_id IN (
    SELECT local_id FROM kept.names n LEFT JOIN kept.joined j USING (key) WHERE coalesce(j.root, n.key) IN (FROM asked_roots)
);

CREATE OR REPLACE TEMP VIEW asked_links AS
FROM current.article_entities
WHERE article_id IN (FROM changed) OR entity_id IN (FROM asked_names)
    OR (article_id, entity_id) IN (SELECT (article_id, local_id) FROM asked_apart);
