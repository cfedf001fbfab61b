-- One row per asked person and article: which people, bodies and buildings does the article name beside them?
-- What stands in more than one article of twenty (and twenty at all) tells nothing of the person.
WITH common AS (
    SELECT entity_id
    FROM current.article_entities
    GROUP BY entity_id
    HAVING count(*) > greatest(20, (SELECT count(*) FROM current.articles) / 20)
)
SELECT p.article_id, p.local_id, list(o.entity_id) AS co_mentions
FROM asked p
JOIN current.article_entities o ON o.article_id = p.article_id AND o.entity_id <> p.local_id
WHERE o.type IN ('PER', 'ORG', 'FAC', 'EVT') AND contains(o.name, ' ')
    AND o.entity_id NOT IN (SELECT entity_id FROM common)
GROUP BY ALL
