-- Whom does this speaker answer?
-- speaker: VARCHAR
-- limit: INTEGER = 12
SELECT answered, answers, articles, first_day, answered_entity_id
FROM mart_answers
WHERE speaker_entity_id = $speaker
ORDER BY answers DESC, answered, answered_entity_id
LIMIT $limit::INTEGER
