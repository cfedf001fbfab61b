-- Who is quoted most?
-- limit: INTEGER = 20
SELECT speaker_name, sum(quotes) AS quotes, sum(articles) AS articles, max(outlets) AS outlets
FROM mart_speakers_daily
GROUP BY ALL
ORDER BY quotes DESC, speaker_name
LIMIT $limit::INTEGER
