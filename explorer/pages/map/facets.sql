-- Which types of events have a place?
SELECT 'type' AS facet, type AS key, type AS name, sum(events)::BIGINT AS events
FROM mart_places
WHERE latitude IS NOT NULL
GROUP BY type
ORDER BY events DESC, type
