-- What more than one article of twenty names (and twenty at all) tells nothing of a person beside it.
CREATE OR REPLACE TEMP TABLE common AS
SELECT local_id
FROM kept.names
WHERE type IN ('PER', 'ORG', 'FAC', 'EVT') AND articles > greatest(20, (SELECT count(*) FROM current.articles) / 20);

-- Which other people, bodies and buildings does an article name? Needs `common`.
CREATE OR REPLACE TEMP VIEW company AS
SELECT article_id, entity_id
FROM current.article_entities
WHERE type IN ('PER', 'ORG', 'FAC', 'EVT') AND contains(name, ' ') AND entity_id NOT IN (FROM common);

-- Names that have come to be in too many articles, or are no longer: all that names beside a person tell is looked at
-- again. That is rare.
CREATE OR REPLACE TEMP TABLE crossed AS
(FROM common EXCEPT FROM kept.common) UNION ALL (FROM kept.common EXCEPT FROM common);

DELETE FROM kept.signs WHERE EXISTS (FROM crossed);

DELETE FROM kept.common WHERE local_id IN (FROM crossed);

INSERT INTO kept.common FROM common SEMI JOIN crossed USING (local_id);
