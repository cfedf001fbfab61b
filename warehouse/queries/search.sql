-- Which quotes say something with these words, the best first?
-- words: VARCHAR
-- limit: INTEGER = 20
SELECT a.published_date, coalesce(e.name, q.speaker_name) AS speaker, q.text AS quote, round(s.score, 2) AS score, a.url
FROM (FROM search('quote', $words) ORDER BY all_words DESC, score DESC, id LIMIT $limit::INTEGER) s
JOIN quotes q ON q.quote_id = s.id
JOIN articles a USING (article_id)
LEFT JOIN entities e ON e.entity_id = q.speaker_entity_id
ORDER BY s.all_words DESC, s.score DESC, q.quote_id
