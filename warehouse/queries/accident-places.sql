-- Where do accidents (or other events of a type) happen?
-- type: VARCHAR = ACCIDENT
-- limit: INTEGER = 50
SELECT place, country_code, region_code, latitude, longitude, events, articles, first_day, last_day
FROM mart_places
WHERE type = upper($type)
ORDER BY events DESC, place
LIMIT $limit::INTEGER
