-- What happened, the newest first?
-- type: VARCHAR = *
-- status: VARCHAR = *
-- month: VARCHAR = *
-- limit: INTEGER = 25
-- offset: INTEGER = 0
-- with: found
SELECT day, type, status, actors, trigger, targets, place, sentence, outlet, event_id, article_id, place_entity_id
FROM found
ORDER BY day DESC NULLS LAST, event_id
LIMIT $limit::INTEGER OFFSET $offset::INTEGER
