-- Who carried this text, and who first?
-- article: VARCHAR
SELECT outlet, published_at, published_date, title, author, url
FROM publications
WHERE article_id = $article
ORDER BY published_date NULLS LAST, published_at NULLS LAST, url, document_id
