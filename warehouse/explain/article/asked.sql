-- The article of this id, or of this id or address in its source.
SELECT article_id FROM articles WHERE $1 IN (article_id, external_id)
UNION SELECT article_id FROM publications WHERE url = $1
