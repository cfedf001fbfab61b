-- How do the measures of a run change? (the last 60 runs)
SELECT q.measure, r.started_at, q.value, q.minimum, q.maximum, q.severity, q.holds
FROM run_quality q
JOIN (FROM runs ORDER BY started_at DESC LIMIT 60) r USING (run_id)
ORDER BY q.measure, r.started_at
