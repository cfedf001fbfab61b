SELECT r.table_name, r.rule, r.reason, count(*) AS rows
FROM rejects r JOIN documents d USING (document_id)
WHERE d.article_id IN (SELECT article_id FROM asked) GROUP BY ALL ORDER BY ALL
