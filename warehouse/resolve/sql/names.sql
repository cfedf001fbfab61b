-- Names and short forms of the changed articles, counted again.
CREATE OR REPLACE TEMP TABLE touched AS
SELECT local_id FROM entity_links SEMI JOIN changed USING (article_id)
UNION
SELECT entity_id FROM current.article_entities SEMI JOIN changed USING (article_id);

CREATE OR REPLACE TEMP TABLE former_names AS
FROM kept.names SEMI JOIN touched USING (local_id);

DELETE FROM kept.names WHERE local_id IN (FROM touched);

INSERT INTO kept.names
SELECT local_id, type, name, articles, unnest(read_name(local_id, type, name))
FROM (
    SELECT local_id, min(type) AS type, arg_min(name, (-n, name)) AS name, sum(n)::BIGINT AS articles
    FROM (
        SELECT entity_id AS local_id, type, name, count(*) AS n
        FROM current.article_entities e
        SEMI JOIN touched t ON t.local_id = e.entity_id
        GROUP BY ALL
    )
    GROUP BY local_id
);

DELETE FROM kept.short_forms WHERE local_id IN (FROM touched);

INSERT INTO kept.short_forms
SELECT *, fold(short), is_initials(short, name)
FROM (
    SELECT local_id, type, name, short, count(DISTINCT article_id) AS articles
    FROM (
        SELECT entity_id AS local_id, article_id, type, name, unnest(aliases) AS short
        FROM current.article_entities e
        SEMI JOIN touched t ON t.local_id = e.entity_id
        WHERE contains(name, ' ') AND len(aliases) > 1
    )
    WHERE NOT contains(short, ' ') AND len(short) > 1
        AND NOT list_contains(string_split(lower(name), ' '), lower(short))
    GROUP BY ALL
)
WHERE type = 'PER' OR spells(short, name);

CREATE OR REPLACE TEMP TABLE wanted AS
SELECT local_id FROM kept.names SEMI JOIN touched USING (local_id) WHERE type = 'PER';
