-- Who was heard most, and how much in the period before?
-- since: DATE
-- until: DATE
-- before: DATE
-- limit: INTEGER = 8
SELECT
    speaker, sum(quotes) FILTER (published_date >= $since::DATE)::BIGINT AS quotes,
    coalesce(sum(quotes) FILTER (published_date < $since::DATE), 0)::BIGINT AS before, speaker_entity_id
FROM mart_speakers_daily
WHERE published_date BETWEEN $before::DATE AND $until::DATE AND speaker_entity_id IS NOT NULL
GROUP BY speaker, speaker_entity_id
HAVING quotes > 0
ORDER BY quotes DESC, speaker
LIMIT $limit::INTEGER
