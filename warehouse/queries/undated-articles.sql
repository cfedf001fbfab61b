-- Which articles have no known day of publication, and where do they come from?
SELECT outlet, source_uri, article_id, title, url
FROM articles
WHERE published_date IS NULL
ORDER BY outlet NULLS LAST, source_uri, article_id
