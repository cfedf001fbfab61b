-- How are the sources doing?
-- limit: INTEGER = 25
SELECT source_uri, documents, accepted, duplicates, rejected, last_new_at, most_frequent_reason
FROM mart_source_health
ORDER BY rejected DESC, last_new_at DESC, source_uri
LIMIT $limit::INTEGER
