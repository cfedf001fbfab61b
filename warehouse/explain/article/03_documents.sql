SELECT d.document_id, d.source_uri, d.locator, d.status, d.reason, d.run_id, d.seen_at
FROM documents d WHERE d.article_id IN (SELECT article_id FROM asked) ORDER BY d.seen_at, d.document_id
