-- Which times does it name?
-- article: VARCHAR
SELECT text AS time, kind AS time_kind, value AS means, start_char, end_char, 't' || start_char AS time_id, article_id
FROM time_expressions
WHERE article_id = $article
ORDER BY start_char
