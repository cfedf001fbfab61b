-- Those of the asked documents that were seen before, with what became of them.
SELECT document_id, status AS known_status FROM documents SEMI JOIN asked USING (document_id)
