-- One row per run and measure: did it lie where it was expected? `bounds` are the rows of bounds.yml.
WITH dated AS (
    SELECT m.*, b.* EXCLUDE (measure), r.started_at, coalesce(m.cases >= b.least, true) AS counts
    FROM loaded.run_measures m
    JOIN bounds b USING (measure)
    JOIN loaded.runs r USING (run_id)
),
before AS (
    SELECT
        *,
        median(value) FILTER (counts) OVER earlier AS usual,
        count(value) FILTER (counts) OVER earlier AS runs_before
    FROM dated
    WINDOW earlier AS (
        PARTITION BY measure ORDER BY started_at, run_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
),
bounded AS (
    SELECT
        run_id, measure, value, cases, severity, detail, examples,
        -- Of a fixed and a usual bound the narrower one counts.
        CASE WHEN counts THEN greatest(minimum, CASE WHEN runs_before >= 3 THEN usual * drift[1] END) END AS minimum,
        CASE WHEN counts THEN
            least(maximum, CASE WHEN runs_before >= 3 THEN coalesce(usual * drift[2], usual + rise) END)
        END AS maximum
    FROM before
)
SELECT
    run_id, measure, value, cases, minimum, maximum, severity,
    value >= coalesce(minimum, value) AND value <= coalesce(maximum, value) AS holds,
    detail, CASE WHEN value > maximum THEN examples[-3:] ELSE examples[:3] END AS examples
FROM bounded
ORDER BY run_id, measure
