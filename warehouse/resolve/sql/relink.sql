-- `gone` becomes what `entity_links` has no longer, `came` what it has instead.
CREATE OR REPLACE TEMP TABLE gone AS
FROM entity_links
WHERE article_id IN (FROM changed) OR local_id IN (FROM asked_names)
    OR (article_id, local_id) IN (SELECT (article_id, local_id) FROM asked_apart);

CREATE OR REPLACE TEMP TABLE same AS FROM gone INTERSECT FROM came;

DELETE FROM gone WHERE (article_id, local_id) IN (SELECT (article_id, local_id) FROM same);

DELETE FROM came WHERE (article_id, local_id) IN (SELECT (article_id, local_id) FROM same);

DELETE FROM entity_links WHERE (article_id, local_id) IN (SELECT (article_id, local_id) FROM gone);

INSERT INTO entity_links FROM came;
