-- What became of the documents, run by run?
-- limit: INTEGER = 60
SELECT started_at, state, documents, accepted, duplicates, rejected, known, run_id
FROM runs
ORDER BY started_at DESC
LIMIT $limit::INTEGER
