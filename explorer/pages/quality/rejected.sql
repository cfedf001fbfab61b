-- Which documents were not taken, and why?
-- limit: INTEGER = 25
-- offset: INTEGER = 0
SELECT seen_at, source_uri, locator, reason
FROM documents
WHERE status = 'rejected'
ORDER BY seen_at DESC, source_uri, locator
LIMIT $limit::INTEGER OFFSET $offset::INTEGER
