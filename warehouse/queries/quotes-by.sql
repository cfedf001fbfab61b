-- What has this speaker said (since a day)?
-- speaker: VARCHAR
-- since: DATE = 1900-01-01
SELECT published_date, speaker, kind, quote, speaker_role, outlet, url
FROM mart_quotes
WHERE (
        speaker_entity_id IN (SELECT entity_id FROM called($speaker))
        OR (speaker_entity_id IS NULL AND lower(speaker_name) = lower($speaker))
    )
    AND coalesce(published_date, DATE '1900-01-01') >= $since::DATE
ORDER BY published_date, article_id, start_char
