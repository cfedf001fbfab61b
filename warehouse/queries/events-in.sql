-- What happened at this place?
-- place: VARCHAR
SELECT day, type, status, actors, trigger, targets, place, sentence, url
FROM mart_event_timeline
WHERE place_entity_id IN (SELECT entity_id FROM called($place)) AND NOT in_quote
ORDER BY day, article_id
