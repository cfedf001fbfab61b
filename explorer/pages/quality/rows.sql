-- Which rows were kept out of their tables, and why?
-- limit: INTEGER = 25
SELECT table_name, rule, severity, any_value(reason) AS reason, count(*) AS rejected_rows
FROM rejects
GROUP BY table_name, rule, severity
ORDER BY rejected_rows DESC, table_name, rule
LIMIT $limit::INTEGER
