-- One row per story: which events are told in how many articles and outlets, and who had it first?
-- A story is an event cluster; an event that is not clustered is a story of its own.
-- Kept as a table: it counts all events.
SELECT
    coalesce(v.cluster_id, v.event_id) AS story_id,
    any_value(v.type) AS type,
    min(coalesce(v.date_start, a.published_date)) AS day,
    count(*) AS tellings,
    count(DISTINCT v.article_id) AS articles,
    count(DISTINCT v.article_id) FILTER (a.near_duplicate_of IS NULL) AS original_articles,
    count(DISTINCT a.outlet) AS outlets,
    arg_min(v.article_id, (coalesce(epoch(a.published_at), epoch(a.published_date), 1e12), v.article_id)) AS first_article_id,
    arg_min({'at': a.published_at}, (coalesce(epoch(a.published_at), epoch(a.published_date), 1e12), v.article_id)).at
        AS first_published_at
FROM events v
JOIN articles a USING (article_id)
WHERE NOT v.in_quote
GROUP BY coalesce(v.cluster_id, v.event_id)
ORDER BY articles DESC, story_id
