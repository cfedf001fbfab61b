-- One row per publication, with its article, at those of the asked addresses that have several pages, here or in `asked`.
WITH several AS (
    SELECT address
    FROM publications
    JOIN asked USING (address)
    GROUP BY address
    HAVING bool_or(page > 1 OR has_pages)
)
SELECT
    a.* EXCLUDE (pages), p.address, p.page, p.title AS title_there, p.as_of, p.position, p.saved_at,
    p.document_id AS carrier
FROM publications p
JOIN several USING (address)
JOIN articles a USING (article_id)
WHERE a.pages IS NULL
