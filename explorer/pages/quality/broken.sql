-- Which expectations failed?
-- limit: INTEGER = 25
SELECT started_at, table_name, rule, severity, unexpected_rows, value, minimum, maximum, detail
FROM mart_data_quality
WHERE NOT holds
ORDER BY started_at DESC, severity, table_name, rule
LIMIT $limit::INTEGER
