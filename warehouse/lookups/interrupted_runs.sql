-- One row of `runs` for each run of which packages are loaded but not its end.
SELECT
    run_id, min(seen_at) AS started_at, 'crashed' AS state, count(*) AS documents,
    count(*) FILTER (status = 'accepted') AS accepted, count(*) FILTER (status = 'duplicate') AS duplicates,
    count(*) FILTER (status = 'rejected') AS rejected, 0 AS known, '{}' AS versions, '{}' AS settings
FROM documents ANTI JOIN runs USING (run_id)
GROUP BY run_id
ORDER BY run_id
