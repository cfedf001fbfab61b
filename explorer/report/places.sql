-- Where did it happen?
-- since: DATE
-- until: DATE
-- limit: INTEGER = 200
SELECT e.name AS place, count(DISTINCT coalesce(t.cluster_id, t.event_id)) AS events, e.latitude, e.longitude, mode(t.type) AS type
FROM mart_event_timeline t
JOIN entities e ON e.entity_id = t.place_entity_id
WHERE t.day BETWEEN $since::DATE AND $until::DATE AND t.status <> 'denied' AND NOT t.in_quote AND e.name <> 'Indonesia'
    AND e.longitude BETWEEN 94 AND 142 AND e.latitude BETWEEN -12 AND 8
GROUP BY ALL
ORDER BY events DESC, place
LIMIT $limit::INTEGER
