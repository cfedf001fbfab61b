-- One row per story: which events are told in how many articles and outlets, and who had it first?
-- Kept as a table: it counts all events.
-- A story is an event cluster; an event that is not clustered is a story of its own.
SELECT
    coalesce(v.cluster_id, v.event_id) AS story_id,
    any_value(v.type) AS type,
    min(coalesce(v.date_start, a.published_date)) AS day,
    count(DISTINCT v.event_id) AS events,
    count(DISTINCT v.article_id) AS articles,
    count(DISTINCT a.outlet) AS outlets,
    arg_min(a.outlet, a.published_at) AS first_outlet,
    min(a.published_at) AS first_published_at,
    arg_min(a.title, a.published_at) AS first_title
FROM events v
JOIN articles a USING (article_id)
GROUP BY ALL
