-- What happened last?
-- limit: INTEGER = 10
SELECT day, type, actors, trigger, targets, place, event_id, article_id, place_entity_id
FROM mart_event_timeline
WHERE status = 'asserted' AND NOT in_quote AND day <= (SELECT max(published_date) FROM articles)
ORDER BY day DESC, confidence DESC, event_id
LIMIT $limit::INTEGER
