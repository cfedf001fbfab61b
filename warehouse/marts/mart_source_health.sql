-- One row per source file: what became of its documents, and when did it last bring something new?
SELECT
    source_uri,
    count(*) AS documents,
    count(*) FILTER (status = 'accepted') AS accepted,
    count(*) FILTER (status = 'duplicate') AS duplicates,
    count(*) FILTER (status = 'rejected') AS rejected,
    max(seen_at) AS last_new_at,
    mode(split_part(reason, ':', 1)) FILTER (status = 'rejected') AS most_frequent_reason
FROM documents
GROUP BY ALL
