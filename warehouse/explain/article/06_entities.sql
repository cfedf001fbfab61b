SELECT e.name AS entity, e.type, l.name AS called, l.rule, l.because
FROM entity_links l LEFT JOIN entities e USING (entity_id)
WHERE l.article_id IN (SELECT article_id FROM asked) ORDER BY entity, called
