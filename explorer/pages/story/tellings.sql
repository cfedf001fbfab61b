-- Who tells it, and how?
-- story: VARCHAR
-- limit: INTEGER = 25
-- offset: INTEGER = 0
SELECT
    t.published_date, t.outlet, t.title, t.actors, t.trigger, t.targets, t.place, t.status, t.sentence, t.event_id, t.article_id,
    t.place_entity_id
FROM mart_event_timeline t
WHERE coalesce(t.cluster_id, t.event_id) = $story
ORDER BY t.published_date, t.article_id, t.event_id
LIMIT $limit::INTEGER OFFSET $offset::INTEGER
