-- Which quotes have no speaker?
-- limit: INTEGER = 100
SELECT published_date, quote, cue, title, url
FROM mart_quotes
WHERE speaker_name IS NULL
ORDER BY published_date, article_id, start_char
LIMIT $limit::INTEGER
