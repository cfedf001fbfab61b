-- One row per run and rule: which expectations held, and how many rows broke them?
SELECT
    v.run_id, r.started_at, v.suite AS table_name, v.rule, v.severity,
    bool_and(v.success) AS holds,
    sum(v.unexpected_count)::BIGINT AS unexpected_rows,
    count(*) AS packages
FROM validation_results v
LEFT JOIN runs r USING (run_id)
GROUP BY ALL
