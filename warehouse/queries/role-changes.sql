-- Which offices does the news give this person, in which order?
-- person: VARCHAR
SELECT person, role, mentions, articles, first_day, last_day
FROM mart_roles
WHERE entity_id IN (SELECT entity_id FROM called($person))
ORDER BY person, first_day, role
