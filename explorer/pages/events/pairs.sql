-- Who does what to whom most often?
-- type: EVENT_TYPE = *
-- limit: INTEGER = 15
SELECT actor, type, target, events, articles, first_day, last_day, actor_entity_id, target_entity_id
FROM mart_actor_pairs
WHERE ($type = '*' OR type = $type)
ORDER BY events DESC, actor, target, type, actor_entity_id, target_entity_id
LIMIT $limit::INTEGER
