-- One row per broken bound: of the last run, of any run where the bound is critical, and of the published rows.
WITH last_run AS (
    SELECT max(started_at) AS started_at, arg_max(run_id, started_at) AS run_id FROM runs
),
of_runs AS (
    SELECT
        q.run_id, q.measure, q.value, q.minimum, q.maximum, q.severity, q.detail, q.said,
        0 AS part, row_number() OVER (ORDER BY r.started_at, q.run_id, q.measure) AS place
    FROM run_quality q
    JOIN runs r USING (run_id)
    WHERE NOT q.holds AND (q.severity = 'critical' OR r.started_at = (SELECT started_at FROM last_run))
),
of_rows AS (
    SELECT
        (SELECT run_id FROM last_run) AS run_id, 'rows of ' || table_name || ' that break ' || rule AS measure,
        unexpected AS value, NULL AS minimum, 0 AS maximum, 'critical' AS severity, 'of ' || checked AS detail,
        unexpected || ' of ' || checked || ' rows of ' || table_name || ' break ' || rule || ', where there should be none' AS said,
        1 AS part, rowid AS place
    FROM table_quality
    WHERE unexpected > 0
)
SELECT * EXCLUDE (part, place)
FROM (FROM of_runs UNION ALL FROM of_rows)
ORDER BY part, place
