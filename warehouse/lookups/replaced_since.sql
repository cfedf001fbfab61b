-- Articles of `incoming` that are loaded from another package, or, put together from pages, have been put together anew.
SELECT i.article_id
FROM incoming i
LEFT JOIN articles a USING (article_id)
WHERE a.run_id <> i.run_id OR (a.article_id IS NULL AND i.pages IS NOT NULL)
