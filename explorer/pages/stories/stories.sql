-- Which events are told most?
-- type: EVENT_TYPE = *
-- limit: INTEGER = 25
-- offset: INTEGER = 0
SELECT
    s.day, s.type, f.title AS story, s.articles, s.original_articles, s.outlets, f.outlet AS first_outlet,
    s.first_published_at, s.story_id
FROM (
    FROM mart_stories
    WHERE ($type = '*' OR type = $type)
    ORDER BY articles DESC, outlets DESC, day DESC NULLS LAST, story_id
    LIMIT $limit::INTEGER OFFSET $offset::INTEGER
) s
JOIN articles f ON f.article_id = s.first_article_id
ORDER BY s.articles DESC, s.outlets DESC, s.day DESC NULLS LAST, s.story_id
