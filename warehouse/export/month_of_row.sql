-- The rows of a table with days of publication, with the month of each.
SELECT t.*, coalesce(strftime(t.published_date, '%Y-%m'), 'unknown') AS month
FROM query_table($1) t
