-- One row per run and rule: which expectations held, on rows before they were loaded, on the run as a whole and on what is published?
SELECT
    v.run_id, r.started_at, v.suite AS table_name, v.rule, v.severity,
    bool_and(v.success) AS holds,
    sum(v.unexpected_count)::BIGINT AS unexpected_rows,
    NULL::DOUBLE AS value, NULL::DOUBLE AS minimum, NULL::DOUBLE AS maximum, NULL AS detail
FROM validation_results v
LEFT JOIN runs r USING (run_id)
GROUP BY ALL
UNION ALL
SELECT q.run_id, r.started_at, 'runs', q.measure, q.severity, q.holds, NULL, q.value, q.minimum, q.maximum, coalesce(q.said, q.detail)
FROM run_quality q
LEFT JOIN runs r USING (run_id)
UNION ALL
-- No run: the published tables as they are now.
SELECT
    NULL, NULL, 'published ' || t.table_name, t.rule, 'critical', t.unexpected = 0, t.unexpected,
    NULL, NULL, NULL, t.checked || ' rows checked'
FROM table_quality t
