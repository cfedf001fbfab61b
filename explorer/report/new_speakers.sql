-- Who was heard for the first time?
-- since: DATE
-- until: DATE
-- limit: INTEGER = 10
SELECT speaker, quotes, articles, first_day
FROM mart_speakers
WHERE first_day BETWEEN $since::DATE AND $until::DATE AND speaker_entity_id IS NOT NULL
ORDER BY quotes DESC, speaker
LIMIT $limit::INTEGER
