-- When and how is this entity in the news?
-- name: VARCHAR
SELECT a.published_date, e.name, e.type, count(*) AS mentions, a.title, a.url
FROM entity_mentions m
JOIN entities e USING (entity_id)
JOIN articles a USING (article_id)
WHERE m.entity_id IN (SELECT entity_id FROM called($name))
GROUP BY ALL
ORDER BY a.published_date, mentions DESC, a.title
