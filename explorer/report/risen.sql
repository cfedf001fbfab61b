-- What is named in more articles than in the period before?
-- since: DATE
-- until: DATE
-- before: DATE
-- limit: INTEGER = 10
SELECT
    e.name AS entity, e.type AS entity_type, count(*) FILTER (a.published_date >= $since::DATE) AS now,
    count(*) FILTER (a.published_date < $since::DATE) AS before
FROM article_entities n
JOIN articles a USING (article_id)
JOIN entities e USING (entity_id)
WHERE a.published_date BETWEEN $before::DATE AND $until::DATE
GROUP BY e.entity_id, e.name, e.type
HAVING now > before
ORDER BY now - before DESC, entity
LIMIT $limit::INTEGER
