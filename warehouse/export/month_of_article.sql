-- The rows of a table that hang on articles, with the month in which each article was published.
SELECT t.*, coalesce(strftime(a.published_date, '%Y-%m'), 'unknown') AS month
FROM query_table($1) t
LEFT JOIN articles a USING (article_id)
