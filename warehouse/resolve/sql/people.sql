-- People of the names in `fresh`: one row per person and article, and one per office there.
INSERT INTO people
SELECT e.article_id, e.entity_id, e.name, date_diff('day', DATE '0001-01-01', a.published_date)
FROM current.article_entities e
SEMI JOIN fresh f ON f.local_id = e.entity_id
JOIN current.articles a USING (article_id)
WHERE e.type = 'PER';

CREATE OR REPLACE TEMP TABLE roles AS
SELECT article_id, entity_id AS local_id, role
FROM current.entity_mentions m
SEMI JOIN fresh f ON f.local_id = m.entity_id
WHERE type = 'PER' AND role IS NOT NULL;

INSERT INTO held
SELECT DISTINCT article_id, local_id, office
FROM roles
JOIN (SELECT role, office(role) AS office FROM (SELECT DISTINCT role FROM roles)) USING (role)
WHERE office <> '';

DROP TABLE roles;
