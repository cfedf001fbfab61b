-- Who was heard most in the last days?
-- days: INTEGER = 7
-- limit: INTEGER = 10
SELECT speaker, speaker_entity_id, sum(quotes)::BIGINT AS quotes, sum(direct_quotes)::BIGINT AS direct_quotes
FROM mart_speakers_daily
WHERE published_date > (SELECT max(published_date) FROM articles) - $days::INTEGER AND speaker_entity_id IS NOT NULL
GROUP BY ALL
ORDER BY quotes DESC, speaker, speaker_entity_id
LIMIT $limit::INTEGER
