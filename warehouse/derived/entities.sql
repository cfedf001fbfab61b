-- One row per entity: what is this thing called, and how often and when was it in the news?
INSERT INTO entities BY NAME
WITH names AS (
    SELECT entity_id, type, name, count(*) AS articles
    FROM article_entities
    GROUP BY ALL
),
mentions AS (
    SELECT entity_id, count(*) AS mention_count
    FROM entity_mentions
    GROUP BY entity_id
),
seen AS (
    SELECT
        entity_id,
        list_sort(list_distinct(flatten(list(aliases)))) AS aliases,
        count(DISTINCT article_id) AS article_count,
        min(published_date) AS first_seen_date,
        max(published_date) AS last_seen_date
    FROM article_entities
    JOIN articles USING (article_id)
    GROUP BY entity_id
)
SELECT
    entity_id,
    -- The most frequent spelling; ties go to the first in the alphabet, so that the order of loading does not matter.
    arg_min(name, (-articles, name)) AS name,
    min(type) AS type,
    any_value(aliases) AS aliases,
    any_value(article_count) AS article_count,
    any_value(mention_count) AS mention_count,
    any_value(first_seen_date) AS first_seen_date,
    any_value(last_seen_date) AS last_seen_date
FROM names
JOIN seen USING (entity_id)
JOIN mentions USING (entity_id)
GROUP BY entity_id
ORDER BY entity_id;
