-- Who does what to whom most often?
-- limit: INTEGER = 20
SELECT actor, type, target, events, articles, first_day, last_day
FROM mart_actor_pairs
ORDER BY events DESC, actor, target, type
LIMIT $limit::INTEGER
