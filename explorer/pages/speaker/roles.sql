-- In which offices?
-- speaker: VARCHAR
-- limit: INTEGER = 12
SELECT role AS speaker_role, quotes, articles, first_day, last_day
FROM mart_spokespersons
WHERE speaker_entity_id = $speaker
ORDER BY quotes DESC, role
LIMIT $limit::INTEGER
