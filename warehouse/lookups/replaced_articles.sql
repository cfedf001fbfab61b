-- Those loaded articles in whose place rows of `incoming` (articles) and `carried` (publications) come: the same text from
-- a document that was published earlier (as pipeline/carriers.py orders them), and what was put together of an article's
-- pages before.
SELECT article_id, false AS is_whole
FROM articles a
JOIN incoming i USING (article_id)
WHERE
    (coalesce(epoch(i.published_date), 1e12), coalesce(epoch(i.published_at), 1e12), i.url IS NULL, i.source_uri)
    < (coalesce(epoch(a.published_date), 1e12), coalesce(epoch(a.published_at), 1e12), a.url IS NULL, a.source_uri)
UNION
SELECT a.article_id, true
FROM incoming i
JOIN carried c USING (article_id)
JOIN publications p USING (address)
JOIN articles a ON a.article_id = p.article_id
WHERE i.pages IS NOT NULL AND a.pages IS NOT NULL AND a.article_id <> i.article_id
