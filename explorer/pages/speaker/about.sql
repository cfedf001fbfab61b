-- Who is this speaker?
-- speaker: VARCHAR
SELECT e.name, e.type, e.aliases, e.entity_id, s.quotes, s.direct_quotes, s.articles, s.outlets, s.first_day, s.last_day
FROM entities e
JOIN mart_speakers s ON s.speaker_entity_id = e.entity_id
WHERE e.entity_id = $speaker
