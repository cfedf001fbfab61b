-- One row per publication, with its article, at those of the asked addresses that have several pages, here or in `asked`.
SELECT
    a.* EXCLUDE (pages), p.address, p.page, p.title AS title_there, p.as_of, p.position, p.saved_at,
    p.document_id AS carrier
FROM publications p
JOIN asked USING (address)
JOIN articles a USING (article_id)
WHERE a.pages IS NULL
QUALIFY asked.has_pages OR bool_or(p.page > 1) OVER (PARTITION BY p.address)
