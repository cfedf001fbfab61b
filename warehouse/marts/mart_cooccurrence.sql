-- One row per pair of entities (the smaller id first): who is named together, in how many articles and sentences?
WITH named AS (
    SELECT DISTINCT entity_id, article_id, sentence_id FROM entity_mentions
),
in_articles AS (
    SELECT a.entity_id AS entity_id_a, b.entity_id AS entity_id_b, count(*) AS articles
    FROM article_entities a
    JOIN article_entities b ON a.article_id = b.article_id AND a.entity_id < b.entity_id
    GROUP BY ALL
),
in_sentences AS (
    SELECT a.entity_id AS entity_id_a, b.entity_id AS entity_id_b, count(*) AS sentences
    FROM named a
    JOIN named b ON a.sentence_id = b.sentence_id AND a.entity_id < b.entity_id
    GROUP BY ALL
)
SELECT
    t.entity_id_a, a.name AS name_a, a.type AS type_a, t.entity_id_b, b.name AS name_b, b.type AS type_b,
    t.articles, coalesce(s.sentences, 0) AS sentences
FROM in_articles t
LEFT JOIN in_sentences s USING (entity_id_a, entity_id_b)
JOIN entities a ON a.entity_id = t.entity_id_a
JOIN entities b ON b.entity_id = t.entity_id_b
ORDER BY t.articles DESC, t.entity_id_a, t.entity_id_b
