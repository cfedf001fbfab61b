SELECT l.name AS called, l.type, l.rule, count(*) AS articles,
    arg_min(l.because, l.article_id) AS because
FROM entity_links l
WHERE (l.entity_id IS NULL OR l.entity_id NOT IN (SELECT entity_id FROM asked))
    AND l.local_id IN (SELECT local_id FROM entity_links WHERE entity_id IN (SELECT entity_id FROM asked))
GROUP BY l.name, l.type, l.rule
ORDER BY articles DESC, called
