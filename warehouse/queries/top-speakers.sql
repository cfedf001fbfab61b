-- Who is quoted most?
-- limit: INTEGER = 20
SELECT speaker, quotes, direct_quotes, articles, outlets
FROM mart_speakers
ORDER BY quotes DESC, speaker
LIMIT $limit::INTEGER
