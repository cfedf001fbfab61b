-- Quotes with the speaker that was resolved over all articles, corrections first.
SELECT q.* REPLACE (
    CASE WHEN c.quote_id IS NULL THEN l.entity_id ELSE c.entity_id END AS speaker_entity_id,
    CASE WHEN c.quote_id IS NULL THEN q.speaker_name ELSE c.name END AS speaker_name
)
FROM fresh.quotes q
LEFT JOIN entity_links l ON l.article_id = q.article_id AND l.local_id = q.speaker_entity_id
LEFT JOIN corrected_speakers c USING (quote_id)
-- A speaker's quotes lie together, so that asking for them reads little.
ORDER BY speaker_entity_id, q.article_id, q.start_char
