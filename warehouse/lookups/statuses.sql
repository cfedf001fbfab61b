-- How many of the asked documents are in each status now.
SELECT status, count(*) AS n FROM documents SEMI JOIN asked USING (document_id) GROUP BY status
