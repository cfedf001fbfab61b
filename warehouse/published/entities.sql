-- One row per entity: what is this thing called, where does it lie, how often and when was it in the news?
WITH names AS (
    SELECT entity_id, type, name, count(*) AS articles
    FROM entity_links
    WHERE entity_id IS NOT NULL
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
        count(*) AS article_count,
        min(published_date) AS first_seen_date,
        max(published_date) AS last_seen_date
    FROM article_entities
    JOIN articles USING (article_id)
    GROUP BY entity_id
),
called AS (
    SELECT
        entity_id,
        -- The most frequent spelling, but an acronym or a single word only where there is nothing else.
        arg_min(name, (name = upper(name), type = 'PER' AND NOT contains(name, ' '), -articles, name)) AS name,
        arg_min(type, (-articles, type)) AS type
    FROM names
    GROUP BY entity_id
)
SELECT
    entity_id, coalesce(k.name, p.name, n.name) AS name, coalesce(k.type, n.type) AS type, s.aliases,
    g.country_code, g.region_code, g.latitude, g.longitude,
    s.article_count, m.mention_count, s.first_seen_date, s.last_seen_date
FROM called n
JOIN seen s USING (entity_id)
JOIN mentions m USING (entity_id)
LEFT JOIN corrected_entities k USING (entity_id)
LEFT JOIN public_names p USING (entity_id)
LEFT JOIN located g USING (entity_id)
ORDER BY entity_id
