-- Which expectations failed, run by run?
SELECT started_at, table_name, rule, severity, unexpected_rows, value, minimum, maximum, detail
FROM mart_data_quality
WHERE NOT holds
ORDER BY started_at DESC, severity, table_name, rule
