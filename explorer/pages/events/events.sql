-- What happened, the newest first?
-- type: EVENT_TYPE = *
-- status: EVENT_STATUS = *
-- month: MONTH = *
-- limit: INTEGER = 25
-- offset: INTEGER = 0
-- with: found
SELECT
    t.day, t.type, t.status, t.actors, t.trigger, t.targets, t.place, t.sentence, t.outlet, t.event_id, t.article_id,
    t.place_entity_id
FROM (
    SELECT doc FROM found ORDER BY day DESC NULLS LAST, event_id LIMIT $limit::INTEGER OFFSET $offset::INTEGER
) f
JOIN mart_event_timeline t ON t.rowid = f.doc
ORDER BY t.day DESC NULLS LAST, t.event_id
