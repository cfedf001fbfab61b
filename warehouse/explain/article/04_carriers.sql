-- Every address at which this text came, the earliest first.
SELECT outlet, published_at, published_date, title, author, url, as_of, document_id
FROM publications WHERE article_id IN (SELECT article_id FROM asked)
ORDER BY published_date NULLS LAST, published_at NULLS LAST, url, document_id
