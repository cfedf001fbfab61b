-- What became of the documents that came in meanwhile?
-- since: DATE
SELECT
    count(*) AS documents, count(*) FILTER (status = 'accepted') AS accepted,
    count(*) FILTER (status = 'duplicate') AS duplicates, count(*) FILTER (status = 'rejected') AS rejected,
    mode(split_part(reason, ':', 1)) FILTER (status = 'rejected') AS most_frequent_reason
FROM documents
WHERE seen_at::DATE >= $since::DATE
