-- Which story is this?
-- story: VARCHAR
SELECT s.*, f.title, f.outlet AS first_outlet
FROM mart_stories s
JOIN articles f ON f.article_id = s.first_article_id
WHERE s.story_id = $story
