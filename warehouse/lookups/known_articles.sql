-- Those of the asked articles that are loaded.
SELECT article_id FROM articles SEMI JOIN asked USING (article_id)
