-- One row per story: which events are told in how many articles and outlets, and who had it first?
-- A story is an event cluster; an event that is not clustered is a story of its own.
WITH carried AS (
    SELECT article_id, list(DISTINCT coalesce(address, document_id)) AS carriers, list(DISTINCT outlet) AS outlets
    FROM publications
    GROUP BY article_id
)
SELECT
    coalesce(v.cluster_id, v.event_id) AS story_id,
    any_value(v.type) AS type,
    min(coalesce(v.date_start, a.published_date)) AS day,
    count(*) AS tellings,
    count(DISTINCT v.article_id) AS articles,
    -- A text that others carry, word for word or nearly, is told once.
    count(DISTINCT coalesce(a.near_duplicate_of, v.article_id)) AS original_articles,
    len(list_distinct(flatten(list(c.carriers)))) AS carriers,
    len(list_distinct(flatten(list(c.outlets)))) AS outlets,
    arg_min(v.article_id, (coalesce(epoch(a.published_at), epoch(a.published_date), 1e12), v.article_id)) AS first_article_id,
    arg_min({'at': a.published_at}, (coalesce(epoch(a.published_at), epoch(a.published_date), 1e12), v.article_id)).at
        AS first_published_at
FROM events v
JOIN articles a USING (article_id)
LEFT JOIN carried c USING (article_id)
WHERE NOT v.in_quote
GROUP BY coalesce(v.cluster_id, v.event_id)
ORDER BY articles DESC, story_id
