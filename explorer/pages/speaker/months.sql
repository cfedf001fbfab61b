-- When is this speaker heard?
-- speaker: VARCHAR
SELECT strftime(published_date, '%Y-%m') AS month, sum(quotes)::BIGINT AS quotes
FROM mart_speakers_daily
WHERE speaker_entity_id = $speaker AND published_date IS NOT NULL
GROUP BY month
ORDER BY month
