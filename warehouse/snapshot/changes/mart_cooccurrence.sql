-- Adds to `mart_cooccurrence` what the rewritten articles count for now, less what they counted for before.
CREATE OR REPLACE TEMP TABLE counted AS
SELECT entity_id_a, entity_id_b, sum(articles)::BIGINT AS articles, sum(sentences)::BIGINT AS sentences
FROM (
    SELECT entity_id_a, entity_id_b, articles, sentences FROM mart_cooccurrence_after
    UNION ALL
    SELECT entity_id_a, entity_id_b, -articles, -sentences FROM mart_cooccurrence_before
)
GROUP BY ALL;

UPDATE mart_cooccurrence t SET articles = t.articles + c.articles, sentences = t.sentences + c.sentences
FROM counted c
WHERE c.entity_id_a = t.entity_id_a AND c.entity_id_b = t.entity_id_b;

DELETE FROM mart_cooccurrence WHERE articles = 0;

INSERT INTO mart_cooccurrence
FROM mart_cooccurrence_after
ANTI JOIN mart_cooccurrence USING (entity_id_a, entity_id_b);

UPDATE mart_cooccurrence SET name_a = name, type_a = type FROM renamed WHERE entity_id = entity_id_a;
UPDATE mart_cooccurrence SET name_b = name, type_b = type FROM renamed WHERE entity_id = entity_id_b;
