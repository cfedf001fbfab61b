-- Did the last runs end well?
-- limit: INTEGER = 3
SELECT
    started_at, state, documents, accepted, duplicates, rejected,
    (SELECT count(*) FROM mart_data_quality q WHERE q.run_id = r.run_id AND NOT q.holds) AS broken_rules
FROM runs r
ORDER BY started_at DESC
LIMIT $limit::INTEGER
