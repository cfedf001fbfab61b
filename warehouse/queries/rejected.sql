-- What was not taken, and why?
SELECT source_uri, locator, reason, seen_at
FROM documents
WHERE status = 'rejected'
ORDER BY seen_at DESC, source_uri, locator
