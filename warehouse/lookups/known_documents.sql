-- Those of the asked documents that were seen before, with what became of them. What was rejected by another version of
-- warta, or is to be tried again, counts as not seen.
SELECT document_id, status AS known_status
FROM documents SEMI JOIN asked USING (document_id)
WHERE status <> 'rejected' OR (extractor_version = $version AND NOT $retry_rejected)
