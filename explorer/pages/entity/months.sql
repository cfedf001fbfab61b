-- When is it in the news?
-- entity: VARCHAR
SELECT strftime(a.published_date, '%Y-%m') AS month, count(*) AS articles
FROM article_entities n
JOIN articles a USING (article_id)
WHERE n.entity_id = $entity AND a.published_date IS NOT NULL
GROUP BY month
ORDER BY month
