-- One row per pair of entities (the smaller id first): who is named together, in how many articles and sentences?
-- Kept as a table: it pairs all names of every article.
WITH named AS (
    SELECT DISTINCT entity_id, article_id, sentence_id FROM entity_mentions
),
together AS (
    SELECT
        a.entity_id AS entity_id_a, b.entity_id AS entity_id_b,
        count(DISTINCT a.article_id) AS articles,
        count(DISTINCT a.sentence_id) FILTER (a.sentence_id = b.sentence_id) AS sentences
    FROM named a
    JOIN named b ON a.article_id = b.article_id AND a.entity_id < b.entity_id
    GROUP BY ALL
)
SELECT t.*, a.name AS name_a, a.type AS type_a, b.name AS name_b, b.type AS type_b
FROM together t
JOIN entities a ON a.entity_id = t.entity_id_a
JOIN entities b ON b.entity_id = t.entity_id_b
