-- Which articles came in last?
-- limit: INTEGER = 8
SELECT published_date, outlet, coalesce(title, substring(text, 1, 80)) AS title, article_id
FROM articles
WHERE is_latest
ORDER BY published_date DESC NULLS LAST, published_at DESC NULLS LAST, article_id
LIMIT $limit::INTEGER
