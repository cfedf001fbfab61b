-- Which measures of the runs are out of their bounds?
-- since: DATE
SELECT started_at, table_name, rule, severity, unexpected_rows, value, detail
FROM mart_data_quality
WHERE NOT holds AND started_at::DATE >= $since::DATE
ORDER BY started_at DESC, severity, table_name, rule
LIMIT 20
