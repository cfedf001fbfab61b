-- Those of the asked files that need not be read: this version of warta has read them as they are now, and all their
-- documents are loaded. What was rejected counts as not loaded where it is to be tried again (known_documents.sql).
WITH held AS (
    SELECT source_uri, documents
    FROM read_files SEMI JOIN asked USING (source_uri, content_sha256)
    WHERE extractor_version = $version
),
loaded AS (
    SELECT document_id
    FROM documents
    WHERE status <> 'rejected' OR (extractor_version = $version AND NOT $retry_rejected)
),
incomplete AS (
    SELECT source_uri
    FROM (SELECT source_uri, unnest(documents) AS document_id FROM held) ANTI JOIN loaded USING (document_id)
)
SELECT source_uri, documents FROM held ANTI JOIN incomplete USING (source_uri)
