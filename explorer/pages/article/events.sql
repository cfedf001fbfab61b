-- What happens in it?
-- article: VARCHAR
SELECT
    v.trigger, v.type, v.status, t.actors, t.targets, coalesce(v.date_start, t.day) AS day, t.place, v.confidence,
    v.trigger_start AS start_char, v.trigger_end AS end_char, v.event_id, v.article_id, v.place_entity_id
FROM events v
JOIN mart_event_timeline t USING (event_id)
WHERE v.article_id = $article AND t.article_id = $article
ORDER BY v.trigger_start
