-- Every address at which this text came, the earliest first.
SELECT outlet, published_at, published_date, title, author, url, as_of, document_id
FROM publications WHERE article_id IN (SELECT article_id FROM asked)
ORDER BY coalesce(epoch(published_at), epoch(published_date), 1e12), url, document_id
