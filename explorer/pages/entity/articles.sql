-- Which articles name it, the newest first?
-- entity: VARCHAR
-- month: MONTH = *
-- limit: INTEGER = 25
-- offset: INTEGER = 0
SELECT a.published_date, a.outlet, coalesce(a.title, substring(a.text, 1, 80)) AS title, n.aliases AS called, a.article_id
FROM article_entities n
JOIN articles a USING (article_id)
WHERE n.entity_id = $entity AND ($month = '*' OR strftime(a.published_date, '%Y-%m') = $month)
ORDER BY a.published_date DESC NULLS LAST, a.article_id
LIMIT $limit::INTEGER OFFSET $offset::INTEGER
