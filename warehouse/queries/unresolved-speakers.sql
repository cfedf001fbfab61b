-- Which quotes have no speaker?
SELECT published_date, quote, cue, title, url
FROM mart_quotes
WHERE speaker_name IS NULL
ORDER BY published_date, article_id, start_char
