-- What happened at this place?
-- place: VARCHAR
SELECT day, type, status, actors, trigger, targets, place_name, sentence, url
FROM mart_event_timeline
WHERE place_name ILIKE '%' || $place || '%' AND NOT in_quote
ORDER BY day, article_id
