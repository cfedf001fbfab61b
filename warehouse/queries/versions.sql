-- Which articles were changed after they were published?
-- `warta explain` with the id of one of them shows what was changed.
-- limit: INTEGER = 50
SELECT
    coalesce(version_of, article_id) AS first_version, article_id, is_latest, outlet, title, published_at, word_count,
    first_seen_at, last_seen_at, url
FROM articles
WHERE version_of IS NOT NULL OR article_id IN (SELECT version_of FROM articles)
ORDER BY max(last_seen_at) OVER (PARTITION BY first_version) DESC, first_version, first_seen_at, article_id
LIMIT $limit::INTEGER
