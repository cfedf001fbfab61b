-- Which other versions of it are there, and which pages?
-- article: VARCHAR
WITH this AS (
    SELECT article_id, coalesce(version_of, article_id) AS first_version, part_of FROM articles WHERE article_id = $article
)
SELECT
    a.first_seen_at, a.is_latest, a.title, a.word_count,
    CASE WHEN a.article_id = t.part_of THEN 'whole' WHEN a.part_of = t.article_id THEN 'page' ELSE 'version' END AS version_kind,
    a.article_id
FROM articles a, this t
WHERE a.article_id <> t.article_id
    AND (coalesce(a.version_of, a.article_id) = t.first_version OR a.part_of = t.article_id OR a.article_id = t.part_of)
ORDER BY a.first_seen_at, a.article_id
