-- Who is heard, the loudest first?
-- name: VARCHAR = *
-- limit: INTEGER = 50
-- offset: INTEGER = 0
SELECT speaker, speaker_type, quotes, direct_quotes, articles, outlets, first_day, last_day, speaker_entity_id
FROM mart_speakers
WHERE speaker_entity_id IS NOT NULL AND ($name = '*' OR speaker_entity_id IN (SELECT entity_id FROM called($name)))
ORDER BY quotes DESC, speaker, speaker_entity_id
LIMIT $limit::INTEGER OFFSET $offset::INTEGER
