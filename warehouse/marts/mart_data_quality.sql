-- One row per run and rule: which expectations held, on rows and on the run as a whole?
SELECT
    v.run_id, r.started_at, v.suite AS table_name, v.rule, v.severity,
    bool_and(v.success) AS holds,
    sum(v.unexpected_count)::BIGINT AS unexpected_rows,
    NULL::DOUBLE AS value, NULL::DOUBLE AS minimum, NULL::DOUBLE AS maximum
FROM validation_results v
LEFT JOIN runs r USING (run_id)
GROUP BY ALL
UNION ALL
SELECT q.run_id, r.started_at, 'runs', q.measure, q.severity, q.holds, NULL, q.value, q.minimum, q.maximum
FROM run_quality q
LEFT JOIN runs r USING (run_id)
