-- Which articles are these, the best first, else the newest?
-- words: VARCHAR = *
-- outlet: VARCHAR = *
-- month: MONTH = *
-- limit: INTEGER = 25
-- offset: INTEGER = 0
-- with: found
SELECT published_date, outlet, coalesce(title, substring(text, 1, 80)) AS title, category, word_count, article_id
FROM found
ORDER BY score DESC, published_date DESC NULLS LAST, article_id
LIMIT $limit::INTEGER OFFSET $offset::INTEGER
