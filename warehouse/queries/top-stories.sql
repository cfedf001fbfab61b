-- Which stories are told most?
-- since: DATE = 1900-01-01
-- limit: INTEGER = 20
SELECT s.day, s.type, s.articles, s.original_articles, s.outlets, f.outlet AS first_outlet, s.first_published_at, f.title
FROM (
    FROM mart_stories WHERE day >= $since::DATE ORDER BY articles DESC, day DESC, story_id LIMIT $limit::INTEGER
) s
JOIN articles f ON f.article_id = s.first_article_id
ORDER BY s.articles DESC, s.day DESC, s.story_id
