-- Which languages are the articles in, and which of them are annotated?
SELECT
    language, count(*) AS articles, count(*) FILTER (annotated IS NOT FALSE) AS annotated_articles, sum(word_count)::BIGINT AS words,
    count(DISTINCT outlet) AS outlets, min(published_date) AS first_day, max(published_date) AS last_day,
    min(article_id) AS example_id, arg_min_null(title, article_id) AS example_title
FROM articles
GROUP BY language
ORDER BY articles DESC, language
