-- One row per run and measure: did it lie where it was expected? `bounds` are the rows of bounds.yml.
WITH dated AS (
    SELECT m.*, b.* EXCLUDE (measure), r.started_at
    FROM loaded.run_measures m
    JOIN bounds b USING (measure)
    JOIN loaded.runs r USING (run_id)
),
before AS (
    SELECT
        *,
        median(value) OVER earlier AS usual,
        count(value) OVER earlier AS runs_before
    FROM dated
    WINDOW earlier AS (
        PARTITION BY measure ORDER BY started_at, run_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
),
bounded AS (
    SELECT
        run_id, measure, value,
        -- Of a fixed and a usual bound the narrower one counts.
        greatest(minimum, CASE WHEN runs_before >= 3 THEN usual * drift[1] END) AS minimum,
        least(maximum, CASE WHEN runs_before >= 3 THEN coalesce(usual * drift[2], usual + rise) END) AS maximum,
        severity, detail
    FROM before
)
SELECT *, value >= coalesce(minimum, value) AND value <= coalesce(maximum, value) AS holds
FROM bounded
ORDER BY run_id, measure
