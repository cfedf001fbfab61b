-- Which article is this?
-- article: VARCHAR
SELECT
    a.article_id, a.title, a.outlet, a.author, a.published_at, a.published_date, a.category, a.language, a.url, a.text, a.word_count,
    a.source_uri, a.near_duplicate_of, a.version_of, a.part_of, a.is_latest
FROM articles a
WHERE a.article_id = $article
