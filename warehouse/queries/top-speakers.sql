-- Who is quoted most?
-- limit: INTEGER = 20
SELECT speaker, sum(quotes)::BIGINT AS quotes, sum(articles)::BIGINT AS articles, max(outlets) AS outlets
FROM mart_speakers_daily
GROUP BY speaker_entity_id, speaker
ORDER BY quotes DESC, speaker
LIMIT $limit::INTEGER
