-- What happened last?
-- limit: INTEGER = 10
SELECT t.day, t.type, t.actors, t.trigger, t.targets, t.place, t.event_id, t.article_id, t.place_entity_id
FROM (
    SELECT rowid AS doc
    FROM mart_event_timeline
    WHERE status = 'asserted' AND NOT in_quote AND day <= (SELECT max(published_date) FROM articles)
    ORDER BY day DESC, confidence DESC, event_id
    LIMIT $limit::INTEGER
) f
JOIN mart_event_timeline t ON t.rowid = f.doc
ORDER BY t.day DESC, t.confidence DESC, t.event_id
