-- Those of the asked documents that were rejected, and why.
SELECT source_uri, locator, reason
FROM documents SEMI JOIN asked USING (document_id)
WHERE status = 'rejected'
