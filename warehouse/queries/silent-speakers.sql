-- Who was heard often and has not been heard lately?
-- days: INTEGER = 30
-- quotes: INTEGER = 10
SELECT speaker, quotes, last_day AS last_heard, (SELECT max(published_date) FROM articles) - last_day AS days_silent
FROM mart_speakers
WHERE speaker_entity_id IS NOT NULL AND quotes >= $quotes::INTEGER AND days_silent >= $days::INTEGER
ORDER BY quotes DESC, speaker
