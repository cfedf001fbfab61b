-- What happens where?
-- type: EVENT_TYPE = *
-- frame: FRAME = indonesia
-- limit: INTEGER = 300
SELECT
    place, sum(events)::BIGINT AS events, sum(articles)::BIGINT AS articles, arg_max(type, events) AS type,
    min(first_day) AS first_day, max(last_day) AS last_day, latitude, longitude, country_code, place_entity_id
FROM mart_places
WHERE latitude IS NOT NULL AND longitude IS NOT NULL AND ($type = '*' OR type = $type)
    -- The country as a whole is no spot on its own map.
    AND ($frame = 'world' OR (longitude BETWEEN 94 AND 142 AND latitude BETWEEN -12 AND 8 AND place <> 'Indonesia'))
GROUP BY place, latitude, longitude, country_code, place_entity_id
ORDER BY events DESC, place, place_entity_id
LIMIT $limit::INTEGER
