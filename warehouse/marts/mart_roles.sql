-- One row per person and office: who is called what, from when to when?
SELECT
    m.entity_id, any_value(e.name) AS person, arg_max(m.role, (length(m.role), m.role)) AS role,
    count(*) AS mentions, count(DISTINCT m.article_id) AS articles,
    min(a.published_date) AS first_day, max(a.published_date) AS last_day
FROM entity_mentions m
JOIN entities e USING (entity_id)
JOIN articles a USING (article_id)
WHERE m.type = 'PER' AND m.role IS NOT NULL
GROUP BY m.entity_id, lower(trim(regexp_replace(m.role, '\s*\([^)]*\)?', '', 'g')))
ORDER BY person, m.entity_id, first_day, role
