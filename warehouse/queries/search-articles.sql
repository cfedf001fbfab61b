-- Which articles are about these words, the best first?
-- words: VARCHAR
-- limit: INTEGER = 20
SELECT a.published_date, a.outlet, a.title, round(s.score, 2) AS score, a.url, a.article_id
FROM (FROM search('article', $words) ORDER BY all_words DESC, score DESC, id LIMIT $limit::INTEGER) s
JOIN articles a ON a.article_id = s.id
ORDER BY s.all_words DESC, s.score DESC, a.article_id
