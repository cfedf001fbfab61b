SELECT e.name AS entity, l.name AS called, l.type, l.rule, count(*) AS articles,
    coalesce(arg_min(l.because, l.article_id), 'every article that gives the full name') AS because
FROM entity_links l
JOIN entities e USING (entity_id)
WHERE l.entity_id IN (SELECT entity_id FROM asked)
GROUP BY l.entity_id, e.name, l.name, l.type, l.rule
ORDER BY l.entity_id, articles DESC, called
