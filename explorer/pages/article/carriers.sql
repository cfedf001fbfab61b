-- Who carried this text, and who first?
-- article: VARCHAR
SELECT outlet, published_at, published_date, title, author, url
FROM publications
WHERE article_id = $article
ORDER BY coalesce(epoch(published_at), epoch(published_date), 1e12), url, document_id
