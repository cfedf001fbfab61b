-- Who was heard often and has not been heard lately?
-- days: INTEGER = 30
-- quotes: INTEGER = 10
SELECT speaker, sum(quotes)::BIGINT AS quotes, max(published_date) AS last_heard,
    (SELECT max(published_date) FROM articles) - max(published_date) AS days_silent
FROM mart_speakers_daily
WHERE speaker_entity_id IS NOT NULL
GROUP BY speaker_entity_id, speaker
HAVING sum(quotes) >= $quotes::INTEGER AND days_silent >= $days::INTEGER
ORDER BY quotes DESC, speaker
