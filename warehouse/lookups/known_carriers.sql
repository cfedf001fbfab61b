-- The carriers from which those of the asked articles are taken that are loaded.
SELECT article_id, published_at, published_date, url, source_uri FROM articles SEMI JOIN asked USING (article_id)
