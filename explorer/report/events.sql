-- Which events were told most?
-- since: DATE
-- until: DATE
-- limit: INTEGER = 12
SELECT s.day, s.type, t.actors, t.trigger, t.targets, t.place, t.sentence, s.articles, s.outlets, t.title, t.url
FROM mart_stories s
JOIN (
    FROM mart_event_timeline WHERE NOT in_quote AND status = 'asserted'
    QUALIFY row_number() OVER (PARTITION BY coalesce(cluster_id, event_id) ORDER BY confidence DESC, event_id) = 1
) t ON coalesce(t.cluster_id, t.event_id) = s.story_id
WHERE s.day BETWEEN $since::DATE AND $until::DATE
ORDER BY s.articles DESC, s.outlets DESC, t.confidence DESC, s.day, s.story_id
LIMIT $limit::INTEGER
