-- The texts of this article, one after the other, to be compared; none where there is one alone.
WITH first_version AS (
    SELECT coalesce(version_of, article_id) AS article_id FROM articles WHERE article_id IN (SELECT article_id FROM asked)
)
SELECT a.article_id, coalesce(a.title || chr(10), '') || a.text AS body
FROM articles a
JOIN publications p USING (article_id)
WHERE coalesce(a.version_of, a.article_id) IN (FROM first_version) AND a.part_of IS NULL
GROUP BY a.article_id, a.title, a.text
QUALIFY count(*) OVER () > 1
ORDER BY
    a.article_id IN (FROM first_version) DESC, max(coalesce(p.as_of, p.published_at, p.published_date)), max(p.saved_at),
    a.article_id
