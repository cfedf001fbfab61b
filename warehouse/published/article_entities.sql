-- What an article names, resolved: two of its names that are one thing are one row.
SELECT
    e.article_id, l.entity_id, arg_max(e.name, (length(e.name), e.name)) AS name,
    coalesce(any_value(c.type), min(e.type)) AS type,
    list_sort(list_distinct(flatten(list(e.aliases)))) AS aliases
FROM fresh.article_entities e
JOIN entity_links l ON l.article_id = e.article_id AND l.local_id = e.entity_id
LEFT JOIN corrected_entities c ON c.entity_id = l.entity_id
WHERE l.entity_id IS NOT NULL
GROUP BY e.article_id, l.entity_id
ORDER BY e.article_id, l.entity_id
