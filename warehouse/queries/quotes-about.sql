-- Who said something that contains these words?
-- words: VARCHAR
SELECT published_date, speaker_name, kind, quote, url
FROM mart_quotes
WHERE quote ILIKE '%' || $words || '%'
ORDER BY published_date, article_id, start_char
